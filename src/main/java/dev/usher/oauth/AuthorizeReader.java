package dev.usher.oauth;

import dev.usher.client.Client;
import dev.usher.client.Clients;
import dev.usher.client.Redirects.Platform;
import dev.usher.grant.Challenge;
import dev.usher.oauth.AuthorizeRequest.Mode;
import dev.usher.oauth.AuthorizeRequest.ReplyTo;
import dev.usher.oauth.FlowAddress.Found;
import dev.usher.tenant.Tenant;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds an authorization request against what is registered. First who asks and where the answer
 * goes: while that is in doubt nothing may be redirected (RFC 6749 section 4.1.2.1). Then the rest.
 */
final class AuthorizeReader {

    /** The longest time that {@code max_age} can name, in seconds. */
    static final int MAX_AGE_MAX = Integer.MAX_VALUE;

    private static final Set<String> RESPONSES = Set.of("code", "id_token", "token");

    /** The pages that an application can ask for, or ask not to show. */
    static final List<String> PROMPTS =
            List.of("consent", "create", "login", "none", "select_account");

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");

    /** The characters of a verifier, and of what is made of it (RFC 7636 sections 4.1, 4.2). */
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private final Clients clients;
    private final FlowScopes scopes;

    AuthorizeReader(Clients clients, FlowScopes scopes) {
        this.clients = clients;
        this.scopes = scopes;
    }

    /**
     * Who asks, and where the answer goes.
     *
     * @throws FlowRefused if that cannot be trusted: to be shown, not redirected
     */
    ReplyTo replyTo(Form form, Tenant tenant) {
        String clientId =
                form.get("client_id").orElseThrow(() -> new FlowRefused(AadB2cError.NO_CLIENT_ID));
        Client client =
                clients.byAppId(tenant.id(), clientId)
                        .orElseThrow(() ->
                                new FlowRefused(
                                        AadB2cError.CLIENT_NOT_FOUND,
                                        clientId,
                                        tenant.displayName()));
        if (!client.enabled()) {
            throw new FlowRefused(AadB2cError.CLIENT_DISABLED, client.appId());
        }
        if (client.redirects().registered().isEmpty()) {
            throw new FlowRefused(AadB2cError.NO_REDIRECT_URIS, client.appId());
        }
        String uri =
                form.get("redirect_uri")
                        .orElseThrow(() ->
                                new FlowRefused(AadB2cError.MISSING_PARAMETER, "redirect_uri"));
        if (client.redirects().platformOf(uri).isEmpty()) {
            throw new FlowRefused(AadB2cError.REDIRECT_URI, uri, client.appId());
        }
        boolean tokens = !responses(form).equals(Set.of("code"));
        Mode mode =
                form.get("response_mode")
                        .flatMap(AuthorizeReader::mode)
                        .filter(asked -> asked != Mode.QUERY || !tokens)
                        .orElse(tokens ? Mode.FRAGMENT : Mode.QUERY);
        return new ReplyTo(client, uri, mode, form.get("state").orElse(null));
    }

    /**
     * The whole request.
     *
     * @throws FlowRefused with what is wrong: to be redirected
     */
    AuthorizeRequest read(Form form, ReplyTo to, Found found) {
        Set<String> responses = responseTypes(form, to.client());
        requireMode(form, responses);
        Platform platform = to.client().redirects().platformOf(to.redirectUri()).orElseThrow();
        String scope = form.get("scope").orElseThrow(() -> new FlowRefused(AadB2cError.NO_SCOPE));
        FlowScopes.Given given = scopes.of(found, to.client(), scope);
        if (responses.contains("id_token") && !given.openid()) {
            throw new FlowRefused(AadB2cError.NO_OPENID);
        }
        if (responses.contains("token") && !given.explicit()) {
            throw new FlowRefused(AadB2cError.NO_RESOURCE, scope);
        }
        Optional<String> nonce = form.get("nonce");
        if (responses.contains("id_token") && nonce.isEmpty()) {
            throw new FlowRefused(AadB2cError.MISSING_PARAMETER, "nonce");
        }
        Challenge challenge = challenge(form);
        if (responses.contains("code") && platform == Platform.SPA && challenge == null) {
            throw new FlowRefused(AadB2cError.SPA_WITHOUT_CHALLENGE);
        }
        return new AuthorizeRequest(
                to,
                platform,
                responses,
                scope,
                given,
                nonce.orElse(null),
                challenge,
                prompts(form),
                maxAge(form),
                plain(form, "login_hint"),
                plain(form, "domain_hint"),
                words(Optional.ofNullable(plain(form, "ui_locales"))),
                form.get("client_info").equals(Optional.of("1")),
                query(form));
    }

    private static Set<String> responses(Form form) {
        return new LinkedHashSet<>(words(form.get("response_type")));
    }

    private static Set<String> responseTypes(Form form, Client client) {
        String asked =
                form.get("response_type")
                        .orElseThrow(() ->
                                new FlowRefused(AadB2cError.MISSING_PARAMETER, "response_type"));
        Set<String> responses = responses(form);
        if (responses.isEmpty() || !RESPONSES.containsAll(responses)) {
            throw new FlowRefused(AadB2cError.RESPONSE_TYPE, asked);
        }
        boolean idToken = responses.contains("id_token") && !client.redirects().idTokens();
        boolean token = responses.contains("token") && !client.redirects().accessTokens();
        if (idToken || token) {
            throw new FlowRefused(AadB2cError.IMPLICIT);
        }
        return responses;
    }

    private static Optional<Mode> mode(String name) {
        return switch (name) {
            case "query" -> Optional.of(Mode.QUERY);
            case "fragment" -> Optional.of(Mode.FRAGMENT);
            case "form_post" -> Optional.of(Mode.FORM_POST);
            default -> Optional.empty();
        };
    }

    /** Tokens never travel in a query (OAuth 2.0 Multiple Response Types, 3). */
    private static void requireMode(Form form, Set<String> responses) {
        Optional<String> asked = form.get("response_mode");
        if (asked.isEmpty()) {
            return;
        }
        Optional<Mode> mode = mode(asked.get());
        boolean tokens = !responses.equals(Set.of("code"));
        if (mode.isEmpty() || (mode.get() == Mode.QUERY && tokens)) {
            throw new FlowRefused(AadB2cError.RESPONSE_MODE, asked.get());
        }
    }

    private static @Nullable Challenge challenge(Form form) {
        Optional<String> value = form.get("code_challenge");
        if (value.isEmpty()) {
            return null;
        }
        if (!CHALLENGE.matcher(value.get()).matches()) {
            throw new FlowRefused(AadB2cError.CHALLENGE);
        }
        String method = form.get("code_challenge_method").orElse("plain");
        return switch (method) {
            case "S256" -> new Challenge(Challenge.Method.S256, value.get());
            case "plain" -> new Challenge(Challenge.Method.PLAIN, value.get());
            default -> throw new FlowRefused(AadB2cError.CHALLENGE_METHOD, method);
        };
    }

    private static Set<String> prompts(Form form) {
        Set<String> prompts = new LinkedHashSet<>(words(form.get("prompt")));
        boolean contradicts = prompts.contains("none") && prompts.size() > 1;
        if (contradicts || !PROMPTS.containsAll(prompts)) {
            throw new FlowRefused(AadB2cError.PROMPT, String.join(" ", prompts));
        }
        return prompts;
    }

    private static @Nullable Duration maxAge(Form form) {
        Optional<String> text = form.get("max_age");
        if (text.isEmpty()) {
            return null;
        }
        boolean number = SECONDS.matcher(text.get()).matches();
        if (!number || Long.parseLong(text.get()) > MAX_AGE_MAX) {
            throw new FlowRefused(AadB2cError.MAX_AGE, text.get());
        }
        return Duration.ofSeconds(Long.parseLong(text.get()));
    }

    /** What ends up on pages has no markup. */
    private static @Nullable String plain(Form form, String name) {
        Optional<String> text = form.get(name);
        if (text.filter(value -> value.indexOf('<') >= 0 || value.indexOf('>') >= 0).isPresent()) {
            throw new FlowRefused(AadB2cError.INVALID_INPUT, name + " has markup");
        }
        return text.orElse(null);
    }

    private static List<String> words(Optional<String> text) {
        return text.stream()
                .flatMap(words -> Arrays.stream(words.split(" ", -1)))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The request as a query string, without the name of the flow, which stands in the path. */
    private static String query(Form form) {
        StringBuilder query = new StringBuilder();
        new TreeMap<>(form.fields())
                .forEach((name, value) -> {
                    if (!name.toLowerCase(Locale.ROOT).equals(FlowAddress.PARAMETER)) {
                        query.append(query.isEmpty() ? "" : "&")
                                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                                .append('=')
                                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
                    }
                });
        return query.toString();
    }
}
