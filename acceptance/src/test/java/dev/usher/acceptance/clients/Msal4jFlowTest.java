package dev.usher.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.aad.msal4j.AbstractClientApplicationBase;
import com.microsoft.aad.msal4j.AuthorizationCodeParameters;
import com.microsoft.aad.msal4j.AuthorizationRequestUrlParameters;
import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.MsalServiceException;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SilentParameters;
import com.microsoft.aad.msal4j.TokenSource;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.acceptance.fixture.Fields;
import dev.usher.acceptance.fixture.FormBrowser;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.net.URI;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** MSAL for Java sends people through a user flow, by each kind of authority that it has. */
@UsherTest
class Msal4jFlowTest {

    private static final String REDIRECT = "http://localhost:3000/signed-in";
    private static final String VERIFIER = "msal4j-leaves-making-this-to-its-application-";

    /** How the application names the flow to MSAL. */
    enum Authority {
        /** {@code /tfp/...}: asks the tenant's token endpoint with {@code ?p=}. */
        B2C,
        /** By the flow's metadata. */
        OIDC
    }

    private final Usher usher;
    private final String flow;
    private final String person;

    Msal4jFlowTest(Usher usher) {
        this.usher = usher;
        this.flow = usher.tenant().flows().get("signUpOrSignIn");
        this.person = usher.tenant().users().keySet().iterator().next();
    }

    private String authority(Authority kind) {
        String origin = usher.json().httpsUrl();
        String path = usher.tenant().id() + "/" + flow;
        return switch (kind) {
            case B2C -> origin + "/tfp/" + path + "/";
            case OIDC -> origin + "/" + path + "/v2.0/";
        };
    }

    private AbstractClientApplicationBase publicClient(Authority kind) throws Exception {
        var builder =
                PublicClientApplication.builder(usher.tenant().app())
                        .sslSocketFactory(usher.trust().context().getSocketFactory());
        return switch (kind) {
            case B2C -> builder.b2cAuthority(authority(kind)).build();
            case OIDC -> builder.oidcAuthority(authority(kind)).build();
        };
    }

    private AbstractClientApplicationBase confidentialClient(Authority kind) throws Exception {
        var admin = usher.tenant().admin();
        var builder =
                ConfidentialClientApplication.builder(
                                admin.id(),
                                ClientCredentialFactory.createFromSecret(admin.secret()))
                        .sslSocketFactory(usher.trust().context().getSocketFactory());
        return switch (kind) {
            case B2C -> builder.b2cAuthority(authority(kind)).build();
            case OIDC -> builder.oidcAuthority(authority(kind)).build();
        };
    }

    private static String challenge() throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes("US-ASCII"));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    private String code(
            FormBrowser browser, AbstractClientApplicationBase application, Set<String> scopes)
            throws Exception {
        browser.open(asked(application, scopes))
                .press("next", "email", person, "password", usher.tenant().users().get(person));
        assertThat(browser.html()).contains("<form method=\"post\" action=\"" + REDIRECT + "\"");
        Map<String, String> answer = Fields.posted(browser.html());
        assertThat(answer).containsEntry("state", "s");
        return answer.get("code");
    }

    private static String asked(AbstractClientApplicationBase application, Set<String> scopes)
            throws Exception {
        return application
                .getAuthorizationRequestUrl(
                        AuthorizationRequestUrlParameters.builder(REDIRECT, scopes)
                                .state("s")
                                .codeChallenge(challenge())
                                .codeChallengeMethod("S256")
                                .build())
                .toString();
    }

    @ParameterizedTest
    @EnumSource
    void aPublicClient(Authority kind) throws Exception {
        signsInAndRenews(publicClient(kind), usher.tenant().app());
    }

    @ParameterizedTest
    @EnumSource
    void aConfidentialClient(Authority kind) throws Exception {
        signsInAndRenews(confidentialClient(kind), usher.tenant().admin().id());
    }

    private void signsInAndRenews(AbstractClientApplicationBase application, String client)
            throws Exception {
        Set<String> scopes = Set.of(client);
        FormBrowser browser = new FormBrowser(usher.http(), usher.json().httpsUrl());
        AuthorizationCodeParameters parameters =
                AuthorizationCodeParameters.builder(
                                code(browser, application, scopes), URI.create(REDIRECT))
                        .scopes(scopes)
                        .codeVerifier(VERIFIER)
                        .build();
        IAuthenticationResult first = application.acquireToken(parameters).join();
        isThePerson(first, client);
        assertThat(first.account().homeAccountId()).contains("-" + flow.toLowerCase());

        IAuthenticationResult renewed =
                application
                        .acquireTokenSilently(
                                SilentParameters.builder(scopes, first.account())
                                        .forceRefresh(true)
                                        .build())
                        .join();
        isThePerson(renewed, client);
        assertThat(renewed.metadata().tokenSource()).isEqualTo(TokenSource.IDENTITY_PROVIDER);

        MsalServiceException refused =
                (MsalServiceException)
                        catchThrowableOfType(
                                        CompletionException.class,
                                        () -> application.acquireToken(parameters).join())
                                .getCause();
        assertThat(refused.errorCode()).isEqualTo("invalid_grant");
        assertThat(refused.getMessage()).startsWith("AADB2C90080: ");
        signsOut(browser, application, renewed);
    }

    /** MSAL forgets the account; the browser is signed out where the metadata say. */
    private void signsOut(
            FormBrowser browser,
            AbstractClientApplicationBase application,
            IAuthenticationResult last)
            throws Exception {
        application.removeAccount(last.account()).join();
        assertThat(application.getAccounts().join()).isEmpty();
        String silently = asked(application, Set.of()) + "&prompt=none";
        assertThat(Fields.posted(browser.open(silently).html())).containsKey("code");
        String endpoint =
                usher.http()
                        .get(authority(Authority.OIDC) + ".well-known/openid-configuration")
                        .expect(200)
                        .json()
                        .get("end_session_endpoint")
                        .asString();
        browser.open(
                endpoint
                        + "?id_token_hint="
                        + last.idToken()
                        + "&post_logout_redirect_uri="
                        + REDIRECT);
        assertThat(browser.url()).isEqualTo(REDIRECT);
        assertThat(Fields.posted(browser.open(silently).html()))
                .containsEntry("error", "interaction_required");
    }

    private void isThePerson(IAuthenticationResult result, String client) throws Exception {
        JWTClaimsSet id = SignedJWT.parse(result.idToken()).getJWTClaimsSet();
        assertThat(id.getAudience()).containsExactly(client);
        assertThat(id.getStringListClaim("emails")).containsExactly(person);
        assertThat(id.getStringClaim("tfp")).isEqualTo(flow);
        assertThat(SignedJWT.parse(result.accessToken()).getJWTClaimsSet().getAudience())
                .containsExactly(client);
    }
}
