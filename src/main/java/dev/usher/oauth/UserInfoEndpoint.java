package dev.usher.oauth;

import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.ids.TenantId;
import dev.usher.oauth.FlowAddress.Found;
import dev.usher.store.Store;
import dev.usher.tenant.Tenant;
import dev.usher.token.Claims;
import dev.usher.token.EntraClaims;
import dev.usher.token.FlowTokenVerifier;
import dev.usher.token.Issuers;
import dev.usher.token.PersonClaims;
import dev.usher.token.TokenRefused;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The UserInfo endpoint of a user flow, or of a tenant (OIDC Core 5.3): the claims of the person as
 * they are now.
 */
final class UserInfoEndpoint {

    private static final String BEARER = "bearer ";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Supplier<Set<String>> origins;
    private final Store store;
    private final Persons persons;
    private final FlowTokenVerifier verifier;

    UserInfoEndpoint(
            Supplier<Set<String>> origins,
            Store store,
            Persons persons,
            FlowTokenVerifier verifier) {
        this.origins = origins;
        this.store = store;
        this.persons = persons;
        this.verifier = verifier;
    }

    /** {@code GET} or {@code POST .../openid/v2.0/userinfo}, with an access token of the flow. */
    Response userInfo(Request request, Found found) {
        return answer(
                request,
                found.tenant().id(),
                found.issuers(origins.get()),
                claims -> {
                    String flow = claims.text("tfp", "acr").orElse("");
                    return found.flow().id().equalsIgnoreCase(flow)
                            ? answer(found, claims)
                            : unauthorized("The token was not issued by this user flow.");
                });
    }

    /** The same at the tenant's own address, with an access token that has {@code openid}. */
    Response ofTenant(Request request, Tenant tenant) {
        Set<String> issuers = new HashSet<>();
        origins.get().forEach(origin -> issuers.add(Issuers.of(origin, tenant.id())));
        return answer(
                request,
                tenant.id(),
                issuers,
                claims -> {
                    List<String> scopes = List.of(claims.text("scp").orElse("").split(" ", -1));
                    boolean ownApi = claims.texts("aud").equals(claims.texts("azp"));
                    return ownApi && scopes.contains("openid")
                            ? ofTenant(tenant, claims, scopes)
                            : unauthorized("The token has no scope 'openid'.");
                });
    }

    private Response answer(
            Request request,
            TenantId tenant,
            Set<String> issuers,
            Function<Claims, Response> answer) {
        String header = request.headers().first("Authorization").orElse("");
        if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return unauthorized("");
        }
        try {
            return answer.apply(
                    verifier.accessToken(
                            tenant, header.substring(BEARER.length()).strip(), issuers));
        } catch (TokenRefused refused) {
            return unauthorized(String.valueOf(refused.getMessage()));
        }
    }

    private Response answer(Found found, Claims claims) {
        Persons.Known person = person(found.tenant(), claims, "sub");
        if (person.standing() != Persons.Standing.GOOD) {
            return signedOut();
        }
        Map<String, Object> said =
                PersonClaims.of(
                        found.flow().claims(),
                        person.id(),
                        person.properties(),
                        false,
                        claims.text("idp").orElse(null));
        ObjectNode body = JSON.createObjectNode().put("sub", person.id());
        body.setAll(JSON.<ObjectNode>valueToTree(said));
        return FlowAnswers.document(body);
    }

    private Response ofTenant(Tenant tenant, Claims claims, List<String> scopes) {
        Persons.Known person = person(tenant, claims, "oid");
        if (person.standing() != Persons.Standing.GOOD) {
            return signedOut();
        }
        ObjectNode body = JSON.createObjectNode().put("sub", claims.text("sub").orElse(""));
        body.setAll(
                JSON.<ObjectNode>valueToTree(
                        EntraClaims.of(
                                person.id(),
                                person.properties(),
                                scopes,
                                claims.text("idp").orElse(null))));
        return FlowAnswers.document(body);
    }

    private Persons.Known person(Tenant tenant, Claims claims, String named) {
        String userId = claims.text(named).orElse("");
        Instant at = claims.time("auth_time").orElse(Instant.EPOCH).plusSeconds(1);
        return store.read(tenant.id(), tx -> persons.find(tx, userId, at));
    }

    private static Response signedOut() {
        return unauthorized("The person is not signed in any more.");
    }

    /** RFC 6750 section 3. */
    private static Response unauthorized(String why) {
        String challenge =
                why.isEmpty()
                        ? "Bearer"
                        : "Bearer error=\"invalid_token\", error_description=\""
                                + why.replace('"', '\'')
                                + "\"";
        return Response.empty(401)
                .with("WWW-Authenticate", challenge)
                .with("Access-Control-Allow-Origin", "*")
                .with("Cache-Control", "no-store");
    }
}
