package dev.usher.oauth;

import dev.usher.client.Client;
import dev.usher.client.GraphPermissions;
import dev.usher.directory.PasswordHasher;
import dev.usher.directory.PasswordSignIn;
import dev.usher.directory.PasswordSignIn.Result;
import dev.usher.directory.Person;
import dev.usher.directory.SignInAttempt;
import dev.usher.directory.Throttle;
import dev.usher.http.Request;
import dev.usher.oauth.ClientAuthentication.Delegate;
import dev.usher.store.Actor;
import dev.usher.tenant.Tenant;
import dev.usher.token.Delegations;
import dev.usher.token.Delegations.Delegation;
import dev.usher.token.IssuedToken;
import dev.usher.token.TokenIssuer;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The resource owner password credentials grant (RFC 6749 section 4.3): a client that people trust
 * with their password gets a token to act for them, with what of the asked scopes was granted.
 */
final class PasswordGrant {

    static final String TYPE = "password";

    private static final String APP_USED = "Mobile Apps and Desktop clients";

    private final Supplier<Set<String>> origins;
    private final ClientAuthentication authentication;
    private final GraphPermissions catalogue;
    private final PasswordSignIn people;
    private final Delegations delegations;
    private final TokenIssuer issuer;

    PasswordGrant(
            Supplier<Set<String>> origins,
            ClientAuthentication authentication,
            GraphPermissions catalogue,
            PasswordSignIn people,
            Delegations delegations,
            TokenIssuer issuer) {
        this.origins = origins;
        this.authentication = authentication;
        this.catalogue = catalogue;
        this.people = people;
        this.delegations = delegations;
        this.issuer = issuer;
    }

    /**
     * What the client gets.
     *
     * @param scope what the token can do
     * @param idToken who the person is, if it was asked
     */
    record Granted(Client client, IssuedToken token, String scope, @Nullable String idToken) {}

    /**
     * @throws AadRefused with what is wrong with request, client, person or scopes
     */
    Granted grant(Request request, Form form, Tenant tenant) {
        Delegate caller = authentication.delegate(request, form, tenant);
        Client client = caller.client();
        Scopes.Delegated asked =
                Scopes.delegated(
                        form.get("scope").orElse("openid"),
                        tenant.id(),
                        origins.get(),
                        catalogue,
                        client.appId());
        Person person =
                signIn(request, tenant, client, form.require("username"), form.require("password"));
        Delegation delegation =
                delegations
                        .find(tenant.id(), client.appId(), person.id())
                        .orElseThrow(() -> new AadRefused(AadError.WRONG_PASSWORD));
        if (!delegation.open()) {
            throw new AadRefused(AadError.NOT_ASSIGNED, client.appId());
        }
        Set<String> scopes = asked.granted(delegation, catalogue);
        if (scopes.isEmpty()) {
            throw new AadRefused(AadError.CONSENT_REQUIRED, client.appId(), client.displayName());
        }
        String origin = request.origin();
        IssuedToken token =
                issuer.forPerson(
                        tenant.id(), client, delegation.person(), scopes, caller.proof(), origin);
        String idToken =
                asked.openId()
                        ? issuer.idToken(tenant.id(), client, delegation.person(), origin)
                        : null;
        return new Granted(client, token, String.join(" ", scopes), idToken);
    }

    private Person signIn(
            Request request, Tenant tenant, Client client, String name, String password) {
        SignInAttempt attempt =
                new SignInAttempt(
                        client.appId(),
                        client.displayName(),
                        APP_USED,
                        Answers.correlationId(request),
                        request.remoteAddress(),
                        request.headers().first("User-Agent").orElse(""));
        Actor actor = new Actor(client.appId(), null, request.requestId());
        try {
            return switch (people.signIn(tenant, actor, attempt, name, password)) {
                case Result.SignedIn(Person person) -> person;
                case Result.Refused(PasswordSignIn.Failure failure) ->
                        throw new AadRefused(error(failure));
            };
        } catch (PasswordHasher.Busy busy) {
            throw new AadRefused(AadError.BUSY);
        } catch (Throttle.Exceeded exceeded) {
            throw new AadRefused(exceeded);
        }
    }

    private static AadError error(PasswordSignIn.Failure failure) {
        return switch (failure) {
            case WRONG -> AadError.WRONG_PASSWORD;
            case LOCKED -> AadError.ACCOUNT_LOCKED;
            case DISABLED -> AadError.ACCOUNT_DISABLED;
            case MUST_CHANGE -> AadError.PASSWORD_EXPIRED;
        };
    }
}
