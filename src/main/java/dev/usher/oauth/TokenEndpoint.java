package dev.usher.oauth;

import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.oauth.ClientAuthentication.Authenticated;
import dev.usher.observe.Observation;
import dev.usher.observe.Observer;
import dev.usher.tenant.Tenant;
import dev.usher.token.IssuedToken;
import dev.usher.token.TokenIssuer;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The token endpoint (RFC 6749 section 3.2), in its version 2 form and its older one. */
final class TokenEndpoint {

    private static final String CLIENT_CREDENTIALS = "client_credentials";

    private final Supplier<Set<String>> origins;
    private final TenantAddress addresses;
    private final ClientAuthentication authentication;
    private final PasswordGrant passwords;
    private final TokenIssuer issuer;
    private final Answers answers;
    private final Observer observer;

    TokenEndpoint(
            Supplier<Set<String>> origins,
            TenantAddress addresses,
            ClientAuthentication authentication,
            PasswordGrant passwords,
            TokenIssuer issuer,
            Answers answers,
            Observer observer) {
        this.origins = origins;
        this.addresses = addresses;
        this.authentication = authentication;
        this.passwords = passwords;
        this.issuer = issuer;
        this.answers = answers;
        this.observer = observer;
    }

    /** {@code POST /{tenant}/oauth2/v2.0/token}: what is wanted stands in {@code scope}. */
    Response version2(Request request, String segment) {
        return answer(request, form -> issue(request, form, segment, false));
    }

    /** {@code POST /{tenant}/oauth2/token}: what is wanted stands in {@code resource}. */
    Response version1(Request request, String segment) {
        return answer(request, form -> issue(request, form, segment, true));
    }

    private record Issued(String clientId, ObjectNode body) {}

    @FunctionalInterface
    private interface Work {
        Issued of(Form form);
    }

    private Response answer(Request request, Work work) {
        Form form = new Form(Map.of());
        try {
            form = Form.body(request);
            Issued issued = work.of(form);
            observe(request, form, issued.clientId, null);
            return answers.token(issued.body);
        } catch (AadRefused refused) {
            String claimed = form.get("client_id").orElse(null);
            observe(request, form, claimed, refused.error().code());
            return answers.error(request, refused);
        }
    }

    private void observe(
            Request request, Form form, @Nullable String clientId, @Nullable String error) {
        if (clientId != null) {
            request.trail().client(clientId);
        }
        observer.on(
                new Observation.TokenAnswered(
                        request.requestId(),
                        request.trail().tenant(),
                        clientId,
                        form.get("grant_type").orElse(null),
                        error));
    }

    private Issued issue(Request request, Form form, String segment, boolean version1) {
        String grant = form.require("grant_type");
        boolean byPassword = grant.equals(PasswordGrant.TYPE) && !version1;
        if (!grant.equals(CLIENT_CREDENTIALS) && !byPassword) {
            throw new AadRefused(AadError.UNSUPPORTED_GRANT, grant);
        }
        if (TenantAddress.shared(segment)) {
            throw new AadRefused(AadError.TENANT_NOT_SPECIFIC, segment);
        }
        Tenant tenant = addresses.find(request, segment);
        return byPassword
                ? forPerson(passwords.grant(request, form, tenant))
                : forClient(request, form, tenant, version1);
    }

    private static Issued forPerson(PasswordGrant.Granted granted) {
        ObjectNode body = version2(granted.token()).put("scope", granted.scope());
        String idToken = granted.idToken();
        return new Issued(
                granted.client().appId(), idToken == null ? body : body.put("id_token", idToken));
    }

    private Issued forClient(Request request, Form form, Tenant tenant, boolean version1) {
        Authenticated caller = authentication.authenticate(request, form, tenant);
        if (version1) {
            Scopes.requireGraphResource(form.require("resource"), tenant.id(), origins.get());
        } else {
            Scopes.requireGraph(form.require("scope"), tenant.id(), origins.get());
        }
        IssuedToken token =
                issuer.forClient(tenant.id(), caller.client(), caller.proof(), request.origin());
        return new Issued(
                caller.client().appId(),
                version1 ? version1(token, form.require("resource")) : version2(token));
    }

    private static ObjectNode version2(IssuedToken token) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("token_type", "Bearer")
                .put("expires_in", token.lifetimeSeconds())
                .put("ext_expires_in", token.lifetimeSeconds())
                .put("access_token", token.value());
    }

    /** The older form writes every number as a text. */
    private static ObjectNode version1(IssuedToken token, String resource) {
        String lifetime = Long.toString(token.lifetimeSeconds());
        return JsonNodeFactory.instance
                .objectNode()
                .put("token_type", "Bearer")
                .put("expires_in", lifetime)
                .put("ext_expires_in", lifetime)
                .put("expires_on", Long.toString(token.expires().getEpochSecond()))
                .put("not_before", Long.toString(token.issued().getEpochSecond()))
                .put("resource", resource)
                .put("access_token", token.value());
    }
}
