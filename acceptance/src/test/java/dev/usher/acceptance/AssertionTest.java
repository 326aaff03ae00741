package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.acceptance.fixture.Assertion;
import dev.usher.acceptance.fixture.Client;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Tokens;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Client assertions in the spellings of the client libraries, good ones and flawed ones. */
@UsherTest
class AssertionTest {

    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final Usher usher;
    private final Tokens tokens;
    private final String origin;
    private final Client admin;

    AssertionTest(Usher usher) {
        this.usher = usher;
        this.tokens = usher.tokens();
        this.origin = usher.json().httpsUrl();
        this.admin = usher.tenant().admin();
    }

    private String endpoint() {
        return origin + "/" + usher.tenant().id() + "/oauth2/v2.0/token";
    }

    private static void works(Usher usher, Reply reply) {
        JsonNode json = reply.expect(200).json();
        assertThat(json.get("token_type").asString()).isEqualTo("Bearer");
        assertThat(json.get("expires_in").asInt()).isBetween(3500, 3600);
        assertThat(json.get("ext_expires_in").asInt()).isEqualTo(json.get("expires_in").asInt());
        assertThat(json.has("refresh_token")).isFalse();
        assertThat(reply.need("Cache-Control")).contains("no-store");
        String token = json.get("access_token").asString();
        usher.withToken("v1.0", () -> token).get("/identity/b2xUserFlows").expect(200);
    }

    /** The spellings of an assertion that client libraries were seen to send. */
    enum Spelling {
        MSAL_NODE {
            @Override
            void apply(Assertion it) {
                it.header.put("alg", "PS256");
                it.header.put("x5t#S256", base64Url(it.thumbprint("SHA-256")));
            }
        },
        MSAL_JAVA {
            @Override
            void apply(Assertion it) {
                it.header.put(
                        "x5t#S256", Base64.getEncoder().encodeToString(it.thumbprint("SHA-256")));
                it.claims.remove("iat");
            }
        },
        MSAL_PYTHON {
            @Override
            void apply(Assertion it) {
                it.header.put("x5t", base64Url(it.thumbprint("SHA-1")) + "=");
                it.header.put("x5c", List.of(it.certificateWithLines()));
                it.claims.put("exp", (Long) it.claims.get("exp") + 0.25);
                it.claims.put("iat", (Long) it.claims.get("iat") + 0.25);
            }
        },
        PLAIN_SHA1 {
            @Override
            void apply(Assertion it) {
                it.header.put("x5t", base64Url(it.thumbprint("SHA-1")));
            }
        };

        abstract void apply(Assertion assertion);

        static String base64Url(byte[] bytes) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
    }

    private Assertion assertion(Spelling spelling) {
        Assertion assertion = new Assertion(admin, endpoint(), Instant.now().getEpochSecond());
        spelling.apply(assertion);
        return assertion;
    }

    private Reply byAssertion(String assertion) {
        return tokens.request(
                usher.tenant().id(),
                "grant_type",
                "client_credentials",
                "client_id",
                admin.id(),
                "client_assertion_type",
                ASSERTION_TYPE,
                "client_assertion",
                assertion,
                "scope",
                Tokens.GRAPH_SCOPE);
    }

    @ParameterizedTest
    @EnumSource
    void certificateAssertion(Spelling spelling) throws Exception {
        String assertion = assertion(spelling).sign();
        Reply reply = byAssertion(assertion);

        works(usher, reply);
        SignedJWT jwt = SignedJWT.parse(reply.json().get("access_token").asString());
        assertThat(jwt.getJWTClaimsSet().getStringClaim("appidacr")).isEqualTo("2");
        // some libraries send one assertion for as long as it is valid
        works(usher, byAssertion(assertion));
    }

    /** What makes an assertion worthless. */
    enum Flaw {
        EXPIRED {
            @Override
            void apply(Assertion it) {
                it.claims.put("exp", (Long) it.claims.get("nbf") - 3600);
                it.claims.put("nbf", (Long) it.claims.get("nbf") - 7200);
                it.claims.put("iat", it.claims.get("nbf"));
            }
        },
        NOT_YET {
            @Override
            void apply(Assertion it) {
                it.claims.put("nbf", (Long) it.claims.get("nbf") + 3600);
                it.claims.put("exp", (Long) it.claims.get("exp") + 3600);
            }
        },
        OTHER_AUDIENCE {
            @Override
            void apply(Assertion it) {
                it.claims.put("aud", "https://example.test/token");
            }
        },
        OTHER_SUBJECT {
            @Override
            void apply(Assertion it) {
                it.claims.put("sub", UUID.randomUUID().toString());
            }
        },
        OTHER_CERTIFICATE {
            @Override
            void apply(Assertion it) {
                it.header.put("x5t", Spelling.base64Url(new byte[20]));
            }
        },
        NO_THUMBPRINT {
            @Override
            void apply(Assertion it) {
                it.header.remove("x5t");
            }
        },
        NO_EXPIRY {
            @Override
            void apply(Assertion it) {
                it.claims.remove("exp");
            }
        };

        abstract void apply(Assertion assertion);
    }

    @ParameterizedTest
    @EnumSource
    void flawedAssertion(Flaw flaw) throws JOSEException {
        Assertion assertion = assertion(Spelling.PLAIN_SHA1);
        flaw.apply(assertion);
        refused(byAssertion(assertion.sign()), 401, "invalid_client");
    }

    private static JsonNode refused(Reply reply, int status, String error) {
        JsonNode json = reply.expect(status).json();
        assertThat(json.get("error").asString()).as("%s", reply).isEqualTo(error);
        assertThat(json.get("error_description").asString())
                .startsWith("AADSTS" + json.get("error_codes").get(0).asInt() + ": ")
                .contains("Trace ID: ", "Correlation ID: ", "Timestamp: ");
        assertThat(json.get("timestamp").asString())
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ");
        assertThat(json.get("trace_id").asString()).isNotBlank();
        assertThat(json.get("correlation_id").asString()).isNotBlank();
        return json;
    }
}
