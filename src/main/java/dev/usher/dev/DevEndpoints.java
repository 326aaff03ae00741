package dev.usher.dev;

import dev.usher.html.HtmlPages;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.http.Router;
import dev.usher.ids.TenantId;
import dev.usher.mail.Outbox;
import dev.usher.store.Store;
import dev.usher.tenant.Tenant;
import dev.usher.tenant.Tenants;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What only development mode answers, for tests and for people who try things: {@code GET
 * /dev/mail} shows the mails that would have been sent, {@code POST /dev/clock} moves a tenant's
 * time. Without {@code tenant} the first seeded tenant is meant. Thread-safe.
 */
public final class DevEndpoints {

    private static final String JSON = "application/json";
    private static final String HTML = "text/html";

    private final Store store;
    private final Tenants tenants;
    private final DevClock clock;
    private final DevMailbox mailbox = new DevMailbox(new HtmlPages());

    public DevEndpoints(Store store, Tenants tenants, DevClock clock) {
        this.store = store;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** Adds the routes; before the server starts. */
    public void routes(Router router) {
        router.on("GET", DevMailbox.PATH, (request, _) -> guarded(request, this::mail))
                .on(
                        "GET",
                        DevMailbox.PATH + "/{mail}/html",
                        (request, path) ->
                                guarded(
                                        request,
                                        asked -> mailBody(asked, path.getOrDefault("mail", ""))))
                .on("GET", "/dev/clock", (request, _) -> guarded(request, this::time))
                .on("POST", "/dev/clock", (request, _) -> guarded(request, this::move));
    }

    private interface Endpoint {
        Response answer(Request request);
    }

    /** What is wrong with the request is said in plain words. */
    private static Response guarded(Request request, Endpoint endpoint) {
        try {
            return endpoint.answer(request).with("Cache-Control", "no-store");
        } catch (IllegalArgumentException
                | ArithmeticException
                | DateTimeException
                | JacksonException wrong) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.putObject("error")
                    .put("code", "BadRequest")
                    .put("message", String.valueOf(wrong.getMessage()));
            return Response.text(400, JSON, body.toString());
        }
    }

    /** A page for browsers, JSON for everybody else. */
    private Response mail(Request request) {
        Optional<String> to = query(request, "to").filter(text -> !text.isBlank());
        Tenant tenant = tenant(query(request, "tenant").orElse(null));
        List<Outbox.Kept> mails =
                new ArrayList<>(store.read(tenant.id(), tx -> Outbox.newest(tx, to.orElse(null))));
        mails.sort(Comparator.comparing(Outbox.Kept::createdAt).reversed());
        boolean person =
                request.headers().all("Accept").stream().anyMatch(type -> type.contains(HTML));
        return person
                ? mailbox.page(tenant, to.orElse(""), mails, tenants.list())
                : mailbox.json(mails);
    }

    private Response mailBody(Request request, String id) {
        Tenant tenant = tenant(query(request, "tenant").orElse(null));
        return store.read(tenant.id(), tx -> Outbox.find(tx, id))
                .map(mailbox::body)
                .orElseThrow(() -> new IllegalArgumentException("no mail " + id));
    }

    private Response time(Request request) {
        return time(tenant(query(request, "tenant").orElse(null)).id());
    }

    private Response time(TenantId tenant) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("tenantId", tenant.toString());
        body.put("now", clock.now(tenant).toString());
        return Response.text(200, JSON, body.toString());
    }

    /** Only as JSON, which no page of another origin can send without asking first. */
    private Response move(Request request) {
        String type = request.headers().first("Content-Type").orElse("");
        if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(JSON)) {
            throw new IllegalArgumentException("the body has to be " + JSON);
        }
        JsonNode wanted = JsonMapper.shared().readTree(request.body());
        TenantId tenant = tenant(wanted.path("tenant").asString(null)).id();
        JsonNode freeze = wanted.path("freeze");
        if (wanted.path("reset").asBoolean(false)) {
            clock.reset(tenant);
        }
        if (freeze.isString()) {
            clock.freeze(tenant, Instant.parse(freeze.stringValue()));
        } else if (freeze.asBoolean(false)) {
            clock.freeze(tenant, null);
        }
        JsonNode advance = wanted.path("advance");
        if (!advance.isMissingNode()) {
            clock.advance(tenant, span(advance));
        }
        return time(tenant);
    }

    /** Seconds, or a duration as in ISO 8601. */
    private static Duration span(JsonNode advance) {
        return advance.isNumber()
                ? Duration.ofSeconds(advance.asLong())
                : Duration.parse(advance.asString(""));
    }

    private Tenant tenant(@Nullable String wanted) {
        String name = wanted == null ? DevTenant.CONTOSO.id().toString() : wanted;
        return tenants.find(name)
                .orElseThrow(() -> new IllegalArgumentException("no tenant " + name));
    }

    private static Optional<String> query(Request request, String name) {
        String query = request.query() == null ? "" : request.query();
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return Optional.of(
                        URLDecoder.decode(
                                pair.substring(name.length() + 1), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }
}
