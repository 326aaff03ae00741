package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Every place where somebody can name an address, to learn whether it has an account. */
final class AddressEntries {

    static final String PASSWORD = "Correct-horse-7";

    private final WholeApp app;

    /** What came of naming an address: what is measured, and what is seen without own ids. */
    record Seen(long nanos, long hashes, int mails, String text) {}

    AddressEntries(WholeApp app) {
        this.app = app;
        created("/beta/identity/b2cUserFlows", "Ropc", "resourceOwner", 1);
        created("/v1.0/identity/b2xUserFlows", "Guest", "signUpOrSignIn", 1);
        app.graph(
                "POST",
                "/v1.0/identity/b2xUserFlows/B2X_1_Guest/userFlowIdentityProviders/$ref",
                "{\"@odata.id\":\"https://graph.microsoft.com/v1.0/identityProviders/EmailOtpSignup-OAUTH\"}");
    }

    private void created(String flows, String name, String type, int version) {
        Response made =
                app.graph(
                        "POST",
                        flows,
                        "{\"id\":\"%s\",\"userFlowType\":\"%s\",\"userFlowTypeVersion\":%d}"
                                .formatted(name, type, version));
        assertThat(made.status()).as(text(made)).isEqualTo(201);
    }

    private static String text(Response response) {
        return response.status() + " " + new String(response.body(), StandardCharsets.UTF_8);
    }

    /** Gives an address an account. */
    void account(String address) {
        Response made =
                app.graph(
                        "POST",
                        "/v1.0/users",
                        """
                        {"accountEnabled":true,"displayName":"Known",
                         "passwordPolicies":"DisablePasswordExpiration",
                         "identities":[{"signInType":"emailAddress","issuer":"%s",
                           "issuerAssignedId":"%s"}],
                         "passwordProfile":{"password":"%s",
                           "forceChangePasswordNextSignIn":false}}
                        """
                                .formatted(
                                        app.facts.path("tenantDomain").asString(),
                                        address,
                                        PASSWORD));
        assertThat(made.status()).as(text(made)).isEqualTo(201);
    }

    /** The entries by their names. */
    Map<String, Function<String, Seen>> all() {
        Map<String, Function<String, Seen>> entries = new LinkedHashMap<>();
        entries.put("password on the page", this::password);
        entries.put("code to sign in", address -> code("B2X_1_Guest", address));
        entries.put("code to sign up", address -> code("B2C_1_SignUp", address));
        entries.put(
                "password grant of a flow",
                address -> grant(FlowVisit.at(app, "B2C_1_Ropc", "token"), address));
        entries.put(
                "password grant of the tenant",
                address -> grant("/" + app.tenant + "/oauth2/v2.0/token", address));
        return entries;
    }

    private Seen password(String address) {
        WholeBrowser browser =
                new WholeBrowser(app).open(FlowVisit.target(app, "B2C_1_SignUpOrSignIn"));
        return onPage(browser, address, "next", "email", address, "password", "Wrong-horse-7");
    }

    private Seen code(String flow, String address) {
        WholeBrowser browser = new WholeBrowser(app).open(FlowVisit.target(app, flow));
        return onPage(browser, address, "email_ver_but_send", "email", address);
    }

    private Seen onPage(WholeBrowser browser, String address, String button, String... fields) {
        String body = browser.page().body(button, fields);
        String csrf = browser.page().hidden().get("csrf");
        String id = browser.url().substring(browser.url().lastIndexOf('/') + 1);
        return measured(
                address,
                () -> {
                    browser.post(browser.url(), body);
                    return text(browser.last()).replace(csrf, "CSRF").replace(id, "JOURNEY");
                });
    }

    private Seen grant(String endpoint, String address) {
        String form =
                WholeBrowser.form(
                        "grant_type",
                        "password",
                        "client_id",
                        app.facts.at("/app/clientId").asString(),
                        "username",
                        address,
                        "password",
                        "Wrong-horse-7",
                        "scope",
                        "openid");
        return measured(
                address,
                () ->
                        text(app.post(endpoint, form))
                                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID")
                                .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ", "TIME"));
    }

    private Seen measured(String address, Supplier<String> work) {
        long hashes = app.services.passwords().turns();
        int mails = app.mails(address);
        long began = System.nanoTime();
        String text = work.get();
        long nanos = System.nanoTime() - began;
        return new Seen(
                nanos,
                app.services.passwords().turns() - hashes,
                app.mails(address) - mails,
                text.replace(address, "ADDRESS")
                        .replace(WholeBrowser.form("", address).substring(1), "ADDRESS"));
    }
}
