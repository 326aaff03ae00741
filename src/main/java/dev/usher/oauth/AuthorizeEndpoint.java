package dev.usher.oauth;

import dev.usher.client.Client;
import dev.usher.directory.Throttle;
import dev.usher.flow.JourneyEnd;
import dev.usher.flow.JourneyStart;
import dev.usher.flow.Journeys;
import dev.usher.flow.UserFlow;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.ids.TenantId;
import dev.usher.oauth.AuthorizeRequest.ReplyTo;
import dev.usher.oauth.FlowAddress.Found;
import dev.usher.tenant.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The authorization endpoint of a user flow (OIDC Core 3.1.2), and the way back to it: a person
 * whom the browser's session does not vouch for goes on a journey through the flow's pages, at
 * whose end the browser comes to {@code resume}.
 */
final class AuthorizeEndpoint {

    private static final Pattern JOURNEY_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final String QUERY = "?";

    private final AuthorizeReader reader;
    private final Journeys journeys;
    private final SignIns signIns;
    private final AuthorizeAnswer answer;
    private final FlowAnswers answers;

    AuthorizeEndpoint(
            AuthorizeReader reader,
            Journeys journeys,
            SignIns signIns,
            AuthorizeAnswer answer,
            FlowAnswers answers) {
        this.reader = reader;
        this.journeys = journeys;
        this.signIns = signIns;
        this.answer = answer;
        this.answers = answers;
    }

    /** {@code GET} with the parameters in the query, {@code POST} with a form. */
    Response authorize(Request request, Found found) {
        return authorize(request, found.tenant(), _ -> found);
    }

    /**
     * The same where the flow follows from the application.
     *
     * @param flow throws what is to be shown where no flow does
     */
    Response authorize(Request request, Tenant tenant, Function<Client, Found> flow) {
        Form form = parameters(request);
        ReplyTo to = reader.replyTo(form, tenant);
        request.trail().client(to.client().appId());
        Found found = flow.apply(to.client());
        try {
            AuthorizeRequest asked = reader.read(form, to, found);
            requireInteractive(found.flow());
            return silently(request, found, asked).orElseGet(() -> begin(request, found, asked));
        } catch (FlowRefused refused) {
            if (refused.waitSeconds() > 0) {
                throw refused;
            }
            return answers.redirect(request, found.authority(), to, refused);
        }
    }

    private static Form parameters(Request request) {
        Form query = Form.query(request);
        return request.method().equals("POST") ? Form.body(request) : query;
    }

    private static void requireInteractive(UserFlow flow) {
        if (!flow.interactive()) {
            throw new FlowRefused(AadB2cError.NOT_INTERACTIVE, flow.id());
        }
    }

    private Optional<Response> silently(Request request, Found found, AuthorizeRequest asked) {
        Optional<SignIns.Current> current =
                asked.anew() ? Optional.empty() : signIns.find(request, found, asked);
        if (current.isPresent()) {
            return Optional.of(answer.silent(request, found, asked, current.get()));
        }
        if (asked.silent()) {
            throw new FlowRefused(AadB2cError.NO_SESSION);
        }
        return Optional.empty();
    }

    private Response begin(Request request, Found found, AuthorizeRequest asked) {
        String resume = found.path(FlowAddress.AUTHORIZE) + QUERY + asked.query();
        if (resume.length() > JourneyStart.RESUME_MAX) {
            throw new FlowRefused(
                    AadB2cError.INVALID_INPUT,
                    "it has more than " + JourneyStart.RESUME_MAX + " characters");
        }
        Journeys.Started started =
                start(
                        new JourneyStart(
                                found.tenant().id(),
                                found.flow().id(),
                                found.origin(),
                                asked.to().client().appId(),
                                resume,
                                null,
                                asked.loginHint(),
                                asked.domainHint(),
                                asked.signUp(),
                                locales(request, asked),
                                request.remoteAddress(),
                                Answers.correlationId(request)));
        Response response = FlowAnswers.see(started.path());
        Cookies.setJourney(
                request, response, Journeys.cookie(started.id()), started.browserSecret());
        return response;
    }

    private Journeys.Started start(JourneyStart start) {
        try {
            return journeys.start(start);
        } catch (Throttle.Exceeded exceeded) {
            throw FlowRefused.throttled(exceeded);
        }
    }

    /** What the application wants, then what the browser says (RFC 9110 section 12.5.4). */
    private static List<String> locales(Request request, AuthorizeRequest asked) {
        List<String> locales = new ArrayList<>(asked.locales());
        request.headers()
                .first("Accept-Language")
                .ifPresent(header -> locales.addAll(Languages.wanted(header)));
        return locales;
    }

    /**
     * {@code GET .../resume?journey=}: the browser comes back from its journey. What it ended with
     * is used once; whoever comes by again, by reload or the back button, begins anew with the same
     * request, and is through at once if they are still signed in. A journey that is not over goes
     * on.
     */
    Response resume(Request asking, Found found) {
        TenantId tenant = found.tenant().id();
        String id =
                Form.query(asking)
                        .get("journey")
                        .filter(text -> JOURNEY_ID.matcher(text).matches())
                        .orElseThrow(() -> new FlowRefused(AadB2cError.STATE_LOST));
        String secret =
                asking.cookie(Journeys.cookie(id))
                        .orElseThrow(() -> new FlowRefused(AadB2cError.STATE_LOST));
        Optional<Journeys.Ended> over =
                journeys.ended(tenant, id, secret)
                        .filter(known -> known.flowId().equalsIgnoreCase(found.flow().id()));
        if (over.isEmpty()) {
            return journeys.underWay(tenant, id, secret)
                    .map(FlowAnswers::see)
                    .orElseThrow(() -> new FlowRefused(AadB2cError.STATE_LOST));
        }
        Journeys.Ended ended = over.get();
        Request request = asking.following(ended.correlationId());
        String began = ended.resume();
        String atTenant = found.ofTenant().path(FlowAddress.AUTHORIZE) + QUERY;
        Found place = began.startsWith(atTenant) ? found.ofTenant() : found;
        String query = began.substring(began.indexOf(QUERY) + QUERY.length());
        Form form = Form.parse(query);
        ReplyTo to = reader.replyTo(form, place.tenant());
        request.trail().client(to.client().appId());
        try {
            AuthorizeRequest asked = reader.read(form, to, place);
            Optional<Response> first =
                    switch (ended.end()) {
                        case JourneyEnd.SignedIn end ->
                                answer.signedIn(request, place, asked, id, end);
                        case JourneyEnd.Refused end -> refused(request, place, to, id, end);
                    };
            return first.orElseGet(
                    () -> FlowAnswers.see(place.path(FlowAddress.AUTHORIZE) + QUERY + query));
        } catch (FlowRefused refused) {
            return answers.redirect(request, place.authority(), to, refused);
        }
    }

    private Optional<Response> refused(
            Request request, Found found, ReplyTo to, String journeyId, JourneyEnd.Refused end) {
        if (!signIns.useEnd(request, found, to.client(), journeyId)) {
            return Optional.empty();
        }
        FlowRefused refused =
                FlowRefused.ofJourney(AadB2cError.of(end.code()), end.error(), end.message());
        return Optional.of(answers.redirect(request, found.authority(), to, refused));
    }
}
