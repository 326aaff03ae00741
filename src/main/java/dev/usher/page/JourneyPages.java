package dev.usher.page;

import dev.usher.flow.FlowRunner;
import dev.usher.flow.Journeys;
import dev.usher.flow.Rehearsal;
import dev.usher.flow.Screen;
import dev.usher.flow.Submission;
import dev.usher.flow.Visit;
import dev.usher.html.Content;
import dev.usher.html.Frame;
import dev.usher.html.HtmlPages;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.http.Router;
import dev.usher.ids.TenantId;
import dev.usher.secret.Sha256;
import dev.usher.tenant.Tenant;
import dev.usher.tenant.Tenants;
import dev.usher.text.EnglishTexts;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * {@code /{tenant}/{flow}/journey/{id}}: GET shows where the person is, POST takes their answer and
 * leads back to GET, so that reloading and going back are safe. Without the cookie of the browser
 * that began the journey there is nothing to see. Thread-safe.
 */
public final class JourneyPages {

    private static final String ROUTE = "/{tenant}/{flow}/journey/{journey}";
    private static final String CSRF = "csrf";
    private static final String POSITION = "position";
    static final String ACTION = "action";
    private static final String PRODUCT = "Usher";

    private final FlowRunner journeys;
    private final HtmlPages html;
    private final Tenants tenants;
    private final BiFunction<TenantId, String, Collection<String>> formTargets;
    private final ScreenForms forms;
    private final Aids aids;
    private final Map<String, String> texts = new HashMap<>();

    /**
     * @param formTargets where the applications of a tenant get people back, by client id: origins,
     *     or schemes with their colon
     * @param rehearsal what there is for those who try things out
     */
    public JourneyPages(
            FlowRunner journeys,
            HtmlPages html,
            Tenants tenants,
            BiFunction<TenantId, String, Collection<String>> formTargets,
            Rehearsal rehearsal) {
        this.journeys = journeys;
        this.html = html;
        this.tenants = tenants;
        this.formTargets = formTargets;
        this.forms = new ScreenForms();
        this.aids = new Aids(rehearsal);
        EnglishTexts.load()
                .part("runtime")
                .forEach(text -> texts.put(text.stringId(), text.value()));
    }

    /** Adds the routes; before the server starts. */
    public void routes(Router router) {
        router.on("GET", ROUTE, (request, path) -> handle(request, path, false));
        router.on("POST", ROUTE, (request, path) -> handle(request, path, true));
    }

    private Response handle(Request request, Map<String, String> path, boolean answer) {
        Optional<Tenant> tenant =
                tenants.find(path.getOrDefault("tenant", "")).filter(Tenant::active);
        if (tenant.isEmpty()) {
            return message(404, "unknown", PRODUCT, List.of());
        }
        String journey = path.getOrDefault("journey", "");
        Optional<String> secret = request.cookie(Journeys.cookie(journey));
        if (secret.isEmpty()) {
            return message(404, "unknown", tenant.get().displayName(), home(tenant.get(), journey));
        }
        if (!answer) {
            return show(request, tenant.get(), journey, secret.get());
        }
        TenantId id = tenant.get().id();
        Map<String, List<String>> fields = FormFields.of(request);
        if (!Sha256.equal(first(fields, CSRF), csrf(secret.get()))) {
            return message(
                    400,
                    "garbled",
                    tenant.get().displayName(),
                    List.of(new Content.Link("continue", text("garbled_link"), request.path())));
        }
        long wait =
                journeys.submit(
                        id, journey, secret.get(), submission(request, aids.typed(id, fields)));
        if (wait > 0) {
            Content.Link on = new Content.Link("continue", text("throttled_link"), request.path());
            return message(429, "throttled", tenant.get().displayName(), List.of(on))
                    .with("Retry-After", Long.toString(wait));
        }
        return Response.empty(303)
                .with("Location", request.path())
                .with("Cache-Control", "no-store");
    }

    private static Submission submission(Request request, Map<String, List<String>> fields) {
        String position = first(fields, POSITION);
        return new Submission(
                position.matches("\\d{1,6}") ? Integer.parseInt(position) : -1,
                first(fields, ACTION),
                fields,
                request.remoteAddress(),
                request.headers().first("User-Agent").orElse(""),
                request.requestId());
    }

    private static String first(Map<String, List<String>> fields, String name) {
        return fields.getOrDefault(name, List.of("")).getFirst();
    }

    /** Follows from the cookie alone: who cannot read that cannot make this. */
    private static String csrf(String secret) {
        return Sha256.hex("csrf\n" + secret);
    }

    private Response show(Request request, Tenant tenant, String journey, String secret) {
        String product = tenant.displayName();
        return switch (journeys.visit(tenant.id(), journey, secret)) {
            case Visit.At(Screen screen) ->
                    html.render(
                            200,
                            new Frame(
                                    screen.language(),
                                    forms.heading(screen),
                                    screen.product(),
                                    List.of()),
                            forms.form(
                                            screen,
                                            request.path(),
                                            Map.of(
                                                    CSRF,
                                                    csrf(secret),
                                                    POSITION,
                                                    Integer.toString(screen.position())))
                                    .aided(aids.of(tenant.id(), screen)),
                            formTargets.apply(tenant.id(), screen.clientId()));
            case Visit.Over(String path) ->
                    Response.empty(303).with("Location", path).with("Cache-Control", "no-store");
            case Visit.Expired(String path) ->
                    message(410, "expired", product, List.of(back(path)));
            case Visit.Closed() -> message(410, "closed", product, home(tenant, journey));
            case Visit.Unknown() -> message(404, "unknown", product, home(tenant, journey));
        };
    }

    /** The way back for those who cannot go on: to where the application is at home. */
    private List<Content.Link> home(Tenant tenant, String journey) {
        return journeys.home(tenant.id(), journey).map(this::back).stream().toList();
    }

    private Content.Link back(String address) {
        return new Content.Link("continue", text("back_link"), address);
    }

    private Response message(int status, String what, String product, List<Content.Link> links) {
        return html.render(
                status,
                Frame.english(text(what + "_heading"), product),
                new Content.Message(List.of(text(what + "_text")), links));
    }

    private String text(String id) {
        return texts.getOrDefault(id, id);
    }
}
