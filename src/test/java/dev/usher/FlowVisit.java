package dev.usher;

import java.util.ArrayList;
import java.util.List;

/** How the application of {@code dev.json} sends people to a flow. */
final class FlowVisit {

    static final String REDIRECT = "http://localhost:3000/signed-in";
    static final String VERIFIER = "v".repeat(43);

    private FlowVisit() {}

    /**
     * The target that the application opens, with these parameters beside or instead of its own.
     */
    static String target(WholeApp app, String flow, String... more) {
        List<String> parameters =
                new ArrayList<>(
                        List.of(
                                "client_id",
                                app.facts.at("/app/clientId").asString(),
                                "redirect_uri",
                                REDIRECT,
                                "response_type",
                                "code",
                                "scope",
                                "openid offline_access",
                                "state",
                                "s-1",
                                "code_challenge",
                                VERIFIER));
        for (int i = 0; i < more.length; i += 2) {
            int known = parameters.indexOf(more[i]);
            if (known >= 0) {
                parameters.set(known + 1, more[i + 1]);
            } else {
                parameters.addAll(List.of(more[i], more[i + 1]));
            }
        }
        return at(app, flow, "authorize")
                + "?"
                + WholeBrowser.form(parameters.toArray(String[]::new));
    }

    static String at(WholeApp app, String flow, String endpoint) {
        return "/" + app.tenant + "/" + flow + "/oauth2/v2.0/" + endpoint;
    }

    /** What redeems a code that came of {@link #target}. */
    static String redemption(WholeApp app, String code) {
        return WholeBrowser.form(
                "grant_type",
                "authorization_code",
                "client_id",
                app.facts.at("/app/clientId").asString(),
                "code",
                code,
                "redirect_uri",
                REDIRECT,
                "code_verifier",
                VERIFIER);
    }
}
