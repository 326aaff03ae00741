package dev.usher.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where an application may be answered, and how. Immutable.
 *
 * @param homePage where the application is at home, as it says; null if it does not
 * @param logoutUrl what is called when a person who uses the application signs out; null for
 *     nothing
 * @param idTokens whether the authorization endpoint may hand out id tokens itself
 * @param accessTokens whether it may hand out access tokens itself
 * @param anywhere whether the path {@code /*} of a loopback address stands for every path: of
 *     clients of development mode alone, and not to be had through Graph
 */
public record Redirects(
        List<Redirect> registered,
        @Nullable String homePage,
        @Nullable String logoutUrl,
        boolean idTokens,
        boolean accessTokens,
        boolean anywhere) {

    /** What kind of program waits at a redirect URI. */
    public enum Platform {
        /** A server: it has credentials. */
        WEB,
        /** A page in a browser: it has none, and must prove each code its own (RFC 7636). */
        SPA,
        /** A program on a device: it has none. */
        NATIVE
    }

    /** One registered URI. */
    public record Redirect(Platform platform, String uri) {}

    /** The stored property behind {@link #anywhere}, which no schema declares. */
    static final String ANYWHERE = "loopbackAnywhere";

    /** The path that stands for every path of a loopback address. */
    private static final String ANY_PATH = "/*";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public Redirects {
        registered = List.copyOf(registered);
    }

    static Redirects read(ObjectNode application) {
        JsonNode web = application.path("web");
        JsonNode implicit = web.path("implicitGrantSettings");
        List<Redirect> uris = new ArrayList<>();
        add(uris, Platform.WEB, web);
        add(uris, Platform.SPA, application.path("spa"));
        add(uris, Platform.NATIVE, application.path("publicClient"));
        return new Redirects(
                uris,
                text(web, "homePageUrl"),
                text(web, "logoutUrl"),
                implicit.path("enableIdTokenIssuance").asBoolean(false),
                implicit.path("enableAccessTokenIssuance").asBoolean(false),
                application.path(ANYWHERE).asBoolean(false));
    }

    private static @Nullable String text(JsonNode web, String property) {
        String text = web.path(property).asString("");
        return text.isEmpty() ? null : text;
    }

    private static void add(List<Redirect> uris, Platform platform, JsonNode registered) {
        registered
                .path("redirectUris")
                .forEach(uri -> uris.add(new Redirect(platform, uri.asString(""))));
    }

    /**
     * The kind of program that is registered at a URI; empty if the URI is not registered. The
     * whole text must be equal, but for the port of a loopback address (RFC 8252 section 7.3).
     */
    public Optional<Platform> platformOf(String uri) {
        return registered.stream()
                .filter(redirect -> matches(redirect.uri, uri, anywhere))
                .map(Redirect::platform)
                .findFirst();
    }

    /**
     * Where people go who look for the application: its home page, else the root of the site that
     * waits for an answer. Empty if neither is a page that a browser can open.
     *
     * @param redirectUri a registered one
     */
    public Optional<String> home(String redirectUri) {
        if (homePage != null && page(homePage) != null) {
            return Optional.of(homePage);
        }
        URI site = platformOf(redirectUri).isPresent() ? page(redirectUri) : null;
        return Optional.ofNullable(site)
                .map(uri -> uri.getScheme() + "://" + uri.getRawAuthority() + "/");
    }

    private static @Nullable URI page(String text) {
        try {
            URI uri = URI.create(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("https") || scheme.equals("http");
            return web && uri.getHost() != null ? uri : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static boolean matches(String registered, String asked, boolean anywhere) {
        if (registered.equals(asked)) {
            return true;
        }
        URI known = loopback(registered);
        URI wanted = known == null ? null : loopback(asked);
        if (known == null || wanted == null || !host(known).equals(host(wanted))) {
            return false;
        }
        return (anywhere && path(known).equals(ANY_PATH))
                || (path(known).equals(path(wanted))
                        && String.valueOf(known.getRawQuery())
                                .equals(String.valueOf(wanted.getRawQuery())));
    }

    private static @Nullable URI loopback(String text) {
        try {
            URI uri = URI.create(text);
            boolean plain = "http".equalsIgnoreCase(uri.getScheme());
            boolean here = uri.getHost() != null && LOOPBACK.contains(host(uri));
            boolean bare = uri.getRawUserInfo() == null && uri.getRawFragment() == null;
            return plain && here && bare ? uri : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static String host(URI uri) {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }

    /** An empty path and a single slash are the same (RFC 9110 section 4.2.3). */
    private static String path(URI uri) {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }
}
