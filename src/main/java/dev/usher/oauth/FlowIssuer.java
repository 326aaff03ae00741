package dev.usher.oauth;

import dev.usher.client.Client;
import dev.usher.client.GraphPermissions;
import dev.usher.grant.Authority;
import dev.usher.grant.Grant;
import dev.usher.oauth.FlowAddress.Found;
import dev.usher.token.Delegations;
import dev.usher.token.Delegations.Delegation;
import dev.usher.token.EntraClaims;
import dev.usher.token.FlowTokens;
import dev.usher.token.IssuedToken;
import dev.usher.token.PersonClaims;
import dev.usher.token.TokenIssuer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the tokens about a person who went through a user flow, and what MSAL wants to know beside
 * them: at the address of the flow as Azure AD B2C does, at the tenant's own as Entra does.
 */
final class FlowIssuer {

    private final FlowTokens tokens;
    private final TokenIssuer graph;
    private final Delegations delegations;
    private final GraphPermissions catalogue;

    FlowIssuer(
            FlowTokens tokens,
            TokenIssuer graph,
            Delegations delegations,
            GraphPermissions catalogue) {
        this.tokens = tokens;
        this.graph = graph;
        this.delegations = delegations;
        this.catalogue = catalogue;
    }

    /**
     * An access token.
     *
     * @param scope what it is good for, as the answer says it
     */
    record Access(IssuedToken token, String audience, String scope) {}

    private static FlowTokens.Terms terms(Found found, String clientId) {
        return new FlowTokens.Terms(
                found.tenant().id(),
                found.issuer(),
                switch (found.authority()) {
                    case USER_FLOW ->
                            Map.of(
                                    found.flow().settings().flowClaim(),
                                    found.flow().id(),
                                    "ver",
                                    PersonClaims.VERSION);
                    case TENANT -> Map.of("ver", EntraClaims.VERSION);
                },
                clientId,
                found.flow().settings().tokenLifetime());
    }

    /**
     * @param audience the client id of whoever reads the token
     */
    private static FlowTokens.Person person(
            Found found,
            Grant grant,
            Persons.Known known,
            String audience,
            Collection<String> scopes) {
        return switch (found.authority()) {
            case USER_FLOW ->
                    new FlowTokens.Person(
                            known.id(),
                            grant.authenticatedAt(),
                            PersonClaims.of(
                                    found.flow().claims(),
                                    known.id(),
                                    known.properties(),
                                    grant.newUser(),
                                    grant.identityProvider()));
            case TENANT ->
                    new FlowTokens.Person(
                            EntraClaims.subject(audience, known.id()),
                            grant.authenticatedAt(),
                            EntraClaims.of(
                                    known.id(),
                                    known.properties(),
                                    scopes,
                                    grant.identityProvider()));
        };
    }

    /**
     * @throws FlowRefused if what it is asked for was not granted
     */
    Access accessToken(Found found, Grant grant, Persons.Known known, FlowScopes.Given given) {
        Scopes.Delegated ofGraph = given.graph();
        if (ofGraph != null) {
            return ofGraph(found, grant, given, ofGraph);
        }
        Collection<String> scopes = given.granted();
        if (scopes.isEmpty() && found.authority() == Authority.TENANT) {
            Set<String> plain = new TreeSet<>(given.plain());
            plain.remove("offline_access");
            scopes = plain;
        }
        IssuedToken token =
                tokens.accessToken(
                        terms(found, grant.clientId()),
                        person(found, grant, known, given.audience(), given.plain()),
                        given.audience(),
                        scopes);
        return new Access(token, given.audience(), given.answer());
    }

    private Access ofGraph(
            Found found, Grant grant, FlowScopes.Given given, Scopes.Delegated asked) {
        Delegation now =
                delegations
                        .find(found.tenant().id(), grant.clientId(), grant.userId())
                        .orElseThrow(() -> new FlowRefused(AadB2cError.ACCOUNT_GONE));
        Set<String> granted = now.open() ? asked.granted(now, catalogue) : Set.of();
        if (granted.isEmpty()) {
            throw new FlowRefused(AadB2cError.NOT_GRANTED, grant.clientId());
        }
        IssuedToken token =
                graph.forPerson(
                        found.tenant().id(),
                        now.client(),
                        now.person(),
                        granted,
                        null,
                        found.origin());
        Set<String> answer = new TreeSet<>(granted);
        answer.addAll(given.plain());
        return new Access(token, given.audience(), String.join(" ", answer));
    }

    IssuedToken idToken(
            Found found,
            Grant grant,
            Persons.Known known,
            FlowScopes.Given given,
            @Nullable String accessToken,
            @Nullable String code) {
        return tokens.idToken(
                terms(found, grant.clientId()),
                person(found, grant, known, grant.clientId(), given.plain()),
                grant.nonce(),
                accessToken,
                code);
    }

    /** What a client gets for itself. */
    IssuedToken clientToken(Found found, Client client, FlowScopes.ForClient given) {
        return tokens.clientToken(
                terms(found, client.appId()), client, given.audience(), given.roles());
    }

    /** The account for MSAL's cache: base64url of JSON. */
    static String clientInfo(Found found, String userId) {
        String uid =
                found.authority() == Authority.TENANT
                        ? userId
                        : userId + "-" + found.flow().id().toLowerCase(Locale.ROOT);
        return base64url(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("uid", uid)
                        .put("utid", found.tenant().id().toString()));
    }

    /** The person in brief, as B2C's token endpoint tells it: base64url of JSON. */
    static String profileInfo(Found found, Persons.Known known, @Nullable String provider) {
        ObjectNode profile =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("ver", "1.0")
                        .put("tid", found.tenant().id().toString())
                        .put("sub", known.id());
        String name = known.properties().path("displayName").asString("");
        profile.put("name", name.isEmpty() ? null : name);
        profile.putNull("preferred_username");
        profile.put("idp", provider);
        return base64url(profile);
    }

    private static String base64url(ObjectNode json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
