package dev.usher.oauth;

import dev.usher.flow.JourneyEnd;
import dev.usher.flow.JourneyStart;
import dev.usher.flow.Journeys;
import dev.usher.flow.UserFlow;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.ids.TenantId;
import dev.usher.oauth.AuthorizeRequest.ReplyTo;
import dev.usher.oauth.FlowAddress.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The authorization endpoint of a user flow (OIDC Core 3.1.2), and the way back to it: a person
 * whom the browser's session does not vouch for goes on a journey through the flow's pages, at
 * whose end the browser comes to {@code resume}.
 */
final class AuthorizeEndpoint {

    private static final Pattern JOURNEY_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

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
        Form form = parameters(request);
        ReplyTo to = reader.replyTo(form, found.tenant());
        request.trail().client(to.client().appId());
        try {
            AuthorizeRequest asked = reader.read(form, to, found.tenant());
            requireInteractive(found.flow());
            return silently(request, found, asked).orElseGet(() -> begin(request, found, asked));
        } catch (FlowRefused refused) {
            return answers.redirect(request, to, refused);
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
        if (asked.query().length() > JourneyStart.RESUME_MAX) {
            throw new FlowRefused(
                    AadB2cError.INVALID_INPUT,
                    "it has more than " + JourneyStart.RESUME_MAX + " characters");
        }
        Journeys.Started started =
                journeys.start(
                        new JourneyStart(
                                found.tenant().id(),
                                found.flow().id(),
                                found.origin(),
                                asked.to().client().appId(),
                                asked.query(),
                                null,
                                asked.loginHint(),
                                asked.domainHint(),
                                locales(request, asked),
                                Answers.correlationId(request)));
        Response response = FlowAnswers.see(started.path());
        Cookies.setJourney(
                request, response, Journeys.cookie(started.id()), started.browserSecret());
        return response;
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
    Response resume(Request request, Found found) {
        TenantId tenant = found.tenant().id();
        String id =
                Form.query(request)
                        .get("journey")
                        .filter(text -> JOURNEY_ID.matcher(text).matches())
                        .orElseThrow(() -> new FlowRefused(AadB2cError.STATE_LOST));
        String secret =
                request.cookie(Journeys.cookie(id))
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
        Form form = Form.parse(ended.resume());
        ReplyTo to = reader.replyTo(form, found.tenant());
        request.trail().client(to.client().appId());
        try {
            AuthorizeRequest asked = reader.read(form, to, found.tenant());
            Optional<Response> first =
                    switch (ended.end()) {
                        case JourneyEnd.SignedIn end ->
                                answer.signedIn(request, found, asked, id, end);
                        case JourneyEnd.Refused end -> refused(request, found, to, id, end);
                    };
            return first.orElseGet(() ->
                    FlowAnswers.see(found.path(FlowAddress.AUTHORIZE) + "?" + ended.resume()));
        } catch (FlowRefused refused) {
            return answers.redirect(request, to, refused);
        }
    }

    private Optional<Response> refused(
            Request request, Found found, ReplyTo to, String journeyId, JourneyEnd.Refused end) {
        if (!signIns.useEnd(request, found, to.client(), journeyId)) {
            return Optional.empty();
        }
        FlowRefused refused =
                new FlowRefused("AADB2C" + end.code(), end.error(), 400, end.message());
        return Optional.of(answers.redirect(request, to, refused));
    }
}
