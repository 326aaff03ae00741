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
import dev.usher.text.OwnTexts;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

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
    private static final String RUNTIME = "runtime";
    private static final String ENGLISH = "en";

    private final FlowRunner journeys;
    private final HtmlPages html;
    private final Tenants tenants;
    private final BiFunction<TenantId, String, Collection<String>> formTargets;
    private final ScreenForms forms;
    private final Aids aids;
    private final OwnTexts texts = OwnTexts.load();

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
            return html.render(
                    404,
                    Frame.english(text(ENGLISH, "unknown_heading"), PRODUCT),
                    new Content.Message(List.of(text(ENGLISH, "unknown_text")), List.of()));
        }
        String journey = path.getOrDefault("journey", "");
        Optional<String> secret = request.cookie(Journeys.cookie(journey));
        if (secret.isEmpty()) {
            return message(404, "unknown", tenant.get(), journey, "back_link", null);
        }
        if (!answer) {
            return show(request, tenant.get(), journey, secret.get());
        }
        TenantId id = tenant.get().id();
        Map<String, List<String>> fields = FormFields.of(request);
        if (!Sha256.equal(first(fields, CSRF), csrf(secret.get()))) {
            return message(400, "garbled", tenant.get(), journey, "on_link", request.path());
        }
        long wait =
                journeys.submit(
                        id, journey, secret.get(), submission(request, aids.typed(id, fields)));
        if (wait > 0) {
            return message(429, "throttled", tenant.get(), journey, "on_link", request.path())
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
                    message(410, "expired", tenant, journey, "back_link", path);
            case Visit.Closed() -> message(410, "closed", tenant, journey, "back_link", null);
            case Visit.Unknown() -> message(404, "unknown", tenant, journey, "back_link", null);
        };
    }

    /**
     * Says why there is no going on, in the language of the journey if there is one.
     *
     * @param link what the way on is called
     * @param way where it leads; null for where the application is at home
     */
    private Response message(
            int status,
            String what,
            Tenant tenant,
            String journey,
            String link,
            @Nullable String way) {
        Optional<FlowRunner.Origin> origin = journeys.origin(tenant.id(), journey);
        String language = origin.map(FlowRunner.Origin::language).orElse(ENGLISH);
        List<Content.Link> links =
                Optional.ofNullable(way).or(() -> origin.flatMap(FlowRunner.Origin::home)).stream()
                        .map(address -> new Content.Link("continue", text(language, link), address))
                        .toList();
        return html.render(
                status,
                new Frame(
                        language,
                        text(language, what + "_heading"),
                        tenant.displayName(),
                        List.of()),
                new Content.Message(List.of(text(language, what + "_text")), links));
    }

    private String text(String language, String id) {
        return texts.text(language, RUNTIME, id);
    }
}
