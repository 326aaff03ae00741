package dev.usher.acceptance.clients;

import dev.usher.acceptance.fixture.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Spring Security's OAuth 2.0 client, in a process of its own since it trusts what the Java machine
 * trusts. Configured by the issuer alone; prints the authorization address, reads the answer, and
 * prints what it made of it.
 */
final class SpringFlow {

    private static final String REDIRECT = "http://localhost:3000/signed-in";
    private static final String VERIFIER = "spring-makes-one-for-each-request-by-itself--";
    private static final String NONCE = "nonce-of-spring";

    private SpringFlow() {}

    public static void main(String[] arguments) throws IOException {
        ClientRegistration registration =
                ClientRegistrations.fromIssuerLocation(arguments[0])
                        .registrationId("usher")
                        .clientId(arguments[1])
                        .clientSecret(arguments[2])
                        .redirectUri(REDIRECT)
                        .scope("openid", "offline_access")
                        .userNameAttributeName("sub")
                        .build();
        OAuth2AuthorizationRequest request = request(registration);
        System.out.println(request.getAuthorizationRequestUri());
        Map<String, String> answer = answer();
        OAuth2AuthorizationResponse response =
                OAuth2AuthorizationResponse.success(answer.get("code"))
                        .state(answer.get("state"))
                        .redirectUri(REDIRECT)
                        .build();
        var provider =
                new OidcAuthorizationCodeAuthenticationProvider(
                        new RestClientAuthorizationCodeTokenResponseClient(),
                        new OidcUserService());
        var login =
                (OAuth2LoginAuthenticationToken)
                        provider.authenticate(
                                new OAuth2LoginAuthenticationToken(
                                        registration,
                                        new OAuth2AuthorizationExchange(request, response)));
        OidcUser user = (OidcUser) login.getPrincipal();
        OAuth2AccessTokenResponse renewed =
                new RestClientRefreshTokenTokenResponseClient()
                        .getTokenResponse(
                                new OAuth2RefreshTokenGrantRequest(
                                        registration,
                                        login.getAccessToken(),
                                        Objects.requireNonNull(login.getRefreshToken())));
        Map<String, Object> result = new HashMap<>();
        result.put("issuer", user.getIssuer().toString());
        result.put("subject", user.getSubject());
        result.put("emails", user.getClaimAsStringList("emails"));
        result.put(
                "renewed",
                !renewed.getAccessToken()
                        .getTokenValue()
                        .equals(login.getAccessToken().getTokenValue()));
        result.put("rotated", renewed.getRefreshToken() != null);
        result.put("idToken", user.getIdToken().getTokenValue());
        result.put(
                "end",
                registration
                        .getProviderDetails()
                        .getConfigurationMetadata()
                        .get("end_session_endpoint"));
        result.put("userInfo", user.getUserInfo() != null);
        System.out.println(Json.write(result));
    }

    private static OAuth2AuthorizationRequest request(ClientRegistration registration) {
        return OAuth2AuthorizationRequest.authorizationCode()
                .clientId(registration.getClientId())
                .authorizationUri(registration.getProviderDetails().getAuthorizationUri())
                .redirectUri(REDIRECT)
                .scopes(registration.getScopes())
                .state("state-of-spring")
                .attributes(attributes -> {
                    attributes.put(OidcParameterNames.NONCE, NONCE);
                    attributes.put(PkceParameterNames.CODE_VERIFIER, VERIFIER);
                })
                .additionalParameters(parameters -> {
                    parameters.put(OidcParameterNames.NONCE, hashed(NONCE));
                    parameters.put(PkceParameterNames.CODE_CHALLENGE, hashed(VERIFIER));
                    parameters.put(PkceParameterNames.CODE_CHALLENGE_METHOD, "S256");
                })
                .build();
    }

    private static String hashed(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> answer() throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Map<String, String> answer = new HashMap<>();
        Json.parse(in.readLine())
                .propertyStream()
                .forEach(entry -> answer.put(entry.getKey(), entry.getValue().asString()));
        return answer;
    }
}
