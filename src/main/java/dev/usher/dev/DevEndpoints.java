package dev.usher.dev;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What only development mode answers, for tests and for people who try things: {@code GET
 * /dev/mail} shows the mails that would have been sent, {@code POST /dev/clock} moves a tenant's
 * time. Without {@code tenant} the first seeded tenant is meant. Thread-safe.
 */
public final class DevEndpoints {

    private static final String JSON = "application/json";
    private static final Pattern CODE = Pattern.compile("(?m)^\\s*(\\d{6})\\s*$");

    private final Store store;
    private final Tenants tenants;
    private final DevClock clock;

    public DevEndpoints(Store store, Tenants tenants, DevClock clock) {
        this.store = store;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** Adds the routes; before the server starts. */
    public void routes(Router router) {
        router.on("GET", "/dev/mail", (request, _) -> guarded(request, this::mail))
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
        } catch (IllegalArgumentException | DateTimeException | JacksonException wrong) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.putObject("error")
                    .put("code", "BadRequest")
                    .put("message", String.valueOf(wrong.getMessage()));
            return Response.text(400, JSON, body.toString());
        }
    }

    private Response mail(Request request) {
        Optional<String> to = query(request, "to");
        TenantId tenant = tenant(query(request, "tenant").orElse(null));
        List<Outbox.Kept> mails =
                new ArrayList<>(store.read(tenant, tx -> Outbox.newest(tx, to.orElse(null))));
        mails.sort(Comparator.comparing(Outbox.Kept::createdAt).reversed());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode value = body.putArray("value");
        for (Outbox.Kept kept : mails) {
            ObjectNode mail = value.addObject();
            mail.put("id", kept.id());
            mail.put("createdDateTime", kept.createdAt().toString());
            mail.put("to", kept.mail().address());
            mail.put("subject", kept.mail().subject());
            Matcher code = CODE.matcher(kept.mail().plain());
            mail.put("code", code.find() ? code.group(1) : null);
            mail.put("text", kept.mail().plain());
            mail.put("html", kept.mail().html());
        }
        return Response.text(200, JSON, body.toString());
    }

    private Response time(Request request) {
        return time(tenant(query(request, "tenant").orElse(null)));
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
        TenantId tenant = tenant(wanted.path("tenant").asString(null));
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

    private TenantId tenant(@Nullable String wanted) {
        return wanted == null
                ? DevTenant.CONTOSO.id()
                : tenants.find(wanted)
                        .map(Tenant::id)
                        .orElseThrow(() -> new IllegalArgumentException("no tenant " + wanted));
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
