package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.fuzz.Dice;
import dev.usher.fuzz.FuzzRun;
import dev.usher.fuzz.Input;
import dev.usher.http.Headers;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.http.Trail;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever is sent to the endpoints of a flow, the answer is a page, a redirect to where somebody
 * registered, tokens, or an error in the layout that clients parse.
 */
class FlowFuzzTest {

    private static final long SECONDS = Boolean.getBoolean("long") ? 300 : 8;
    private static final double BENT = 0.3;

    private static final List<String> ENDPOINTS =
            List.of(
                    FlowAddress.AUTHORIZE,
                    FlowAddress.TOKEN,
                    FlowAddress.LOGOUT,
                    FlowAddress.RESUME,
                    FlowAddress.USER_INFO,
                    FlowAddress.METADATA,
                    FlowAddress.KEYS);

    private static final List<String> RESPONSE_TYPES =
            List.of("code", "id_token", "token", "code id_token", "code token", "id_token token");

    @ParameterizedTest
    @EnumSource
    void everyRequestIsAnswered(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            Browser browser = world.browser();
            world.signIn(browser, world.parameters());
            String cookies =
                    "usher-session-"
                            + world.tenant.id()
                            + "="
                            + browser.cookies.get("usher-session-" + world.tenant.id());
            String refresh = world.tokens().path("refresh_token").asString();
            String code = world.code();
            new FuzzRun("flow", input -> send(world, input))
                    .run(
                            SECONDS,
                            Input.regressions("/fuzz/flow.jsonl"),
                            dice -> next(world, dice, cookies, List.of(code, refresh)));
        }
    }

    private static Input next(FlowWorld world, Dice dice, String cookies, List<String> secrets) {
        String endpoint = dice.pick(ENDPOINTS);
        Map<String, String> fields =
                endpoint.equals(FlowAddress.TOKEN)
                        ? tokenForm(world, dice, secrets)
                        : authorization(world, dice);
        if (dice.chance(0.2)) {
            fields.put(dice.of("p", "journey", "id_token_hint", dice.nasty()), dice.nasty());
        }
        String encoded = FlowWorld.encoded(fields);
        if (dice.chance(BENT)) {
            encoded = dice.mutated(encoded);
        }
        boolean post = endpoint.equals(FlowAddress.TOKEN) || dice.chance(0.2);
        String tenant = world.tenant.id().toString();
        String path =
                dice.of(
                                "/" + tenant + "/" + FlowWorld.FLOW,
                                "/" + tenant + "/b2c_1_susi",
                                "/tfp/" + tenant + "/" + FlowWorld.FLOW,
                                "/" + tenant)
                        + endpoint;
        String target = post ? path : path + "?" + encoded;
        if (dice.chance(0.1)) {
            target = dice.mutated(target);
        }
        List<String> headers = new ArrayList<>();
        headers.add("Content-Type: application/x-www-form-urlencoded");
        if (dice.chance(0.5)) {
            headers.add("Cookie: " + cookies);
        }
        if (dice.chance(0.2)) {
            headers.add("Authorization: " + dice.of("Bearer x.y.z", "Basic eA==", "Bearer"));
        }
        return new Input(
                post ? "POST" : "GET",
                Input.printable(target.startsWith("/") ? target : "/" + target),
                headers,
                (post ? encoded : "").getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> authorization(FlowWorld world, Dice dice) {
        Map<String, String> fields = world.parameters();
        fields.put("response_type", dice.pick(RESPONSE_TYPES));
        fields.put(
                "redirect_uri",
                dice.of(
                        FlowWorld.WEB,
                        FlowWorld.SPA,
                        FlowWorld.NATIVE,
                        "http://localhost:1/here",
                        "https://evil.example/",
                        dice.nasty()));
        if (dice.chance(0.3)) {
            fields.put("response_mode", dice.of("query", "fragment", "form_post", dice.nasty()));
        }
        if (dice.chance(0.3)) {
            fields.put("prompt", dice.of("none", "login", "consent", dice.nasty()));
        }
        if (dice.chance(0.2)) {
            fields.put("max_age", dice.of("0", "100", "x", dice.nasty()));
        }
        if (dice.chance(0.3)) {
            String name = dice.pick(List.copyOf(fields.keySet()));
            fields.put(name, dice.nasty());
        }
        return fields;
    }

    private static Map<String, String> tokenForm(FlowWorld world, Dice dice, List<String> secrets) {
        String secret = dice.pick(secrets);
        if (dice.chance(0.3)) {
            secret = dice.mutated(secret);
        }
        Map<String, String> fields =
                new LinkedHashMap<>(
                        dice.chance(0.5) ? world.redemption(secret) : world.refresh(secret));
        if (dice.chance(0.3)) {
            fields.put(dice.pick(List.copyOf(fields.keySet())), dice.nasty());
        }
        return fields;
    }

    private static String send(FlowWorld world, Input input) {
        Headers headers = new Headers();
        for (String header : input.headers()) {
            int colon = header.indexOf(':');
            headers.set(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        String target = filled(world, input.target());
        int mark = target.indexOf('?');
        Response response =
                world.router.handle(
                        new Request(
                                input.method(),
                                World.ORIGIN,
                                mark < 0 ? target : target.substring(0, mark),
                                mark < 0 ? null : target.substring(mark + 1),
                                headers,
                                filled(world, new String(input.body(), StandardCharsets.UTF_8))
                                        .getBytes(StandardCharsets.UTF_8),
                                "00000000-0000-4000-8000-00000000000a",
                                "00000000-0000-4000-8000-00000000000b",
                                "127.0.0.1",
                                new Trail()));
        assertThat(response.status()).as("status").isBetween(200, 499);
        response.header("Location").ifPresent(FlowFuzzTest::assertRegistered);
        String type = response.header("Content-Type").orElse("");
        if (response.status() >= 400 && type.startsWith("application/json")) {
            assertThat(Json.of(response).path("error").asString("")).isNotBlank();
            assertThat(Json.of(response).path("error_description").asString(""))
                    .matches("(?s)AAD(STS|B2C)\\d+: .*");
        }
        return "" + (response.status() < 400 ? 2 : 4);
    }

    private static String filled(FlowWorld world, String text) {
        return text.replace("<tenant>", world.tenant.id().toString())
                .replace("<app>", world.app.appId());
    }

    private static void assertRegistered(String location) {
        assertThat(location).as("no line ends").doesNotContain("\r", "\n");
        // hosts compare ignoring case (RFC 3986 section 3.2.2), and the client's spelling comes
        // back
        String host = URI.create(location).getHost();
        assertThat(host == null ? "" : host.toLowerCase(Locale.ROOT))
                .as(location)
                .isIn("", "app.example", "localhost");
    }
}
