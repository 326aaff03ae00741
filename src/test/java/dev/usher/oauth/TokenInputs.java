package dev.usher.oauth;

import dev.usher.fuzz.Dice;
import dev.usher.fuzz.Input;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Token requests, most of them nearly right. */
final class TokenInputs {

    private static final double MUTATED = 0.5;
    private static final String GRAPH = "https://graph.microsoft.com";
    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /**
     * Who asks.
     *
     * @param thumbprint of the certificate over the keys, base64url
     * @param seconds the time at which assertions are made
     */
    record Asker(
            String tenant,
            String appId,
            String secret,
            String thumbprint,
            KeyPair keys,
            long seconds) {}

    private final Asker asker;
    private long made;

    TokenInputs(Asker asker) {
        this.asker = asker;
    }

    Input next(Dice dice) {
        boolean version1 = dice.chance(0.2);
        String target =
                "/"
                        + dice.of(
                                asker.tenant(),
                                asker.tenant(),
                                asker.tenant(),
                                "common",
                                "no.example")
                        + "/oauth2/"
                        + (version1 ? "token" : "v2.0/token");
        List<String> headers = new ArrayList<>();
        headers.add("Content-Type: application/x-www-form-urlencoded");
        String form = form(dice, version1, headers);
        if (dice.chance(MUTATED)) {
            switch (dice.below(6)) {
                case 0 -> target = dice.mutated(target);
                case 1 -> {
                    int last = headers.size() - 1;
                    String changed = dice.mutated(headers.get(last).split(": ", 2)[1]);
                    headers.set(
                            last,
                            headers.get(last).split(": ", 2)[0]
                                    + ": "
                                    + changed.replaceAll("[\\x00-\\x1f\\x7f]", ""));
                }
                default -> form = dice.mutated(form);
            }
        }
        return new Input(
                dice.chance(0.02) ? dice.of("GET", "PUT", "OPTIONS") : "POST",
                Input.printable(target.startsWith("/") ? target : "/" + target),
                headers,
                form.getBytes(StandardCharsets.UTF_8));
    }

    private String form(Dice dice, boolean version1, List<String> headers) {
        List<String> fields = new ArrayList<>();
        add(fields, "grant_type", dice.chance(0.95) ? "client_credentials" : grant(dice));
        add(
                fields,
                version1 ? "resource" : "scope",
                version1 ? GRAPH : GRAPH + dice.of("/.default", "/.default", "//.default", "/X"));
        switch (dice.below(4)) {
            case 0 -> {
                String pair = encoded(asker.appId()) + ":" + encoded(asker.secret());
                byte[] bytes = dice.chance(0.8) ? bytes(pair) : bytes(dice.mutated(pair));
                headers.add("Authorization: Basic " + Base64.getEncoder().encodeToString(bytes));
            }
            case 1 -> {
                add(fields, "client_id", asker.appId());
                add(fields, "client_secret", dice.chance(0.8) ? asker.secret() : dice.nasty());
            }
            default -> {
                add(fields, "client_id", dice.chance(0.9) ? asker.appId() : dice.nasty());
                add(fields, "client_assertion_type", ASSERTION_TYPE);
                add(fields, "client_assertion", assertion(dice));
            }
        }
        if (dice.chance(0.1)) {
            add(fields, dice.of("client_id", "scope", dice.nasty(), "claims"), dice.nasty());
        }
        return String.join("&", fields);
    }

    private static String grant(Dice dice) {
        return dice.of("password", "authorization_code", "refresh_token", "", dice.nasty());
    }

    private String assertion(Dice dice) {
        String header =
                "{\"alg\":\"%s\",\"typ\":\"JWT\",\"x5t#S256\":\"%s\"}"
                        .formatted(
                                dice.of("PS256", "PS256", "RS256", "none", "HS256", "ES256"),
                                asker.thumbprint());
        String claims =
                "{\"aud\":\"%s/%s/oauth2/v2.0/token\",\"iss\":\"%s\",\"sub\":\"%s\",\"jti\":\"%d\",\"exp\":%d%s}"
                        .formatted(
                                World.ORIGIN,
                                asker.tenant(),
                                asker.appId(),
                                asker.appId(),
                                made++,
                                asker.seconds() + dice.of(600L, 600L, -600L, 9_999_999_999L),
                                dice.of("", ",\"nbf\":0", ",\"aud\":[]", ",\"iat\":\"x\""));
        if (dice.chance(0.3)) {
            header = dice.mutated(header);
        }
        if (dice.chance(0.3)) {
            claims = dice.mutated(claims);
        }
        String token =
                header.contains("RS256")
                        ? RawJwt.rs256(asker.keys().getPrivate(), header, claims)
                        : RawJwt.ps256(asker.keys().getPrivate(), header, claims);
        return dice.chance(0.2) ? dice.mutated(token) : token;
    }

    private static void add(List<String> fields, String name, String value) {
        fields.add(encoded(name) + "=" + encoded(value));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
