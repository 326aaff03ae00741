package dev.usher.graph;

import dev.usher.http.Handler;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.http.Trail;
import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.observe.Observation;
import dev.usher.observe.Observer;
import dev.usher.odata.ErrorWriter;
import dev.usher.odata.GraphError;
import dev.usher.odata.ODataRequest;
import dev.usher.odata.ODataService;
import dev.usher.odata.Plan;
import dev.usher.odata.Refusal;
import dev.usher.odata.RequestParser;
import dev.usher.store.Actor;
import dev.usher.store.StoreFailure;
import dev.usher.store.UnstorableText;
import dev.usher.tenant.Tenant;
import dev.usher.tenant.Tenants;
import dev.usher.time.Clock;
import dev.usher.token.AccessToken;
import dev.usher.token.AccessTokenVerifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything under {@code /v1.0} and {@code /beta}. One line a request: who calls, what is asked,
 * what it means, whether the caller may, what comes of it.
 */
public final class GraphEdge implements Handler {

    private static final String RETRY_SECONDS = "2";

    /** Where Graph names the machine that answered; clients print it when they report a fault. */
    private static final String DIAGNOSTIC =
            "{\"ServerInfo\":{\"DataCenter\":\"local\",\"Slice\":\"E\",\"Ring\":\"0\","
                    + "\"ScaleUnit\":\"000\",\"RoleInstance\":\"usher\"}}";

    private final BearerGuard guard;
    private final RequestParser parser = new RequestParser();
    private final ODataService odata;
    private final Tenants tenants;
    private final ErrorWriter errors;
    private final Observer observer;
    private final Clock clock;
    private final @Nullable Quota quota;
    private final Batch batch;

    /**
     * @param quota the rates to hold; null for none
     */
    public GraphEdge(
            AccessTokenVerifier verifier,
            ODataService odata,
            Tenants tenants,
            ErrorWriter errors,
            Observer observer,
            Clock clock,
            Ids ids,
            @Nullable Quota quota) {
        this.guard = new BearerGuard(verifier);
        this.odata = odata;
        this.tenants = tenants;
        this.errors = errors;
        this.observer = observer;
        this.clock = clock;
        this.quota = quota;
        this.batch = new Batch(ids, this::answerObserved);
    }

    @Override
    public Response handle(Request request) {
        Response response =
                request.method().equals("OPTIONS")
                        ? Cors.options(request, allowed(request))
                        : Cors.allow(request, answerOrRefuse(request));
        return response.with("x-ms-ags-diagnostic", DIAGNOSTIC);
    }

    /** For the requests of a batch, each of which is told of as if it had come alone. */
    private Response answerObserved(Request request, @Nullable Refusal refused) {
        Instant begun = clock.now();
        Response response =
                refused == null ? answerAlways(request) : errors.write(request, refused);
        Trail trail = request.trail();
        observer.on(
                new Observation.RequestServed(
                        request.requestId(),
                        request.clientRequestId(),
                        trail.tenant(),
                        trail.client(),
                        request.method(),
                        trail.route(),
                        request.path(),
                        response.status(),
                        trail.errorCode(),
                        Duration.between(begun, clock.now())));
        return response;
    }

    /** A defect in one must not take the others' answers away. */
    private Response answerAlways(Request request) {
        try {
            return answerOrRefuse(request);
        } catch (RuntimeException defect) {
            observer.on(
                    new Observation.RequestFailed(
                            request.requestId(), request.method(), request.path(), defect));
            return errors.write(
                    request,
                    GraphError.DEFECT,
                    "An internal error occurred; the log names it under this request-id.",
                    defect);
        }
    }

    private Response answerOrRefuse(Request request) {
        try {
            return answer(request);
        } catch (Refusal refusal) {
            Response response = errors.write(request, refusal);
            return refusal.error() == GraphError.NO_TOKEN
                    ? response.with("WWW-Authenticate", challenge(request, refusal))
                    : response;
        } catch (UnstorableText unstorable) {
            return errors.write(
                    request,
                    new Refusal(GraphError.SYNTAX, "The text holds the character U+0000."));
        } catch (StoreFailure failure) {
            observer.on(
                    new Observation.RequestFailed(
                            request.requestId(), request.method(), request.path(), failure));
            return errors.write(
                            request,
                            GraphError.UNAVAILABLE,
                            "The database does not answer at the moment; nothing was changed.",
                            failure)
                    .with("Retry-After", RETRY_SECONDS);
        }
    }

    /** The methods of the resource; every one where the path leads nowhere. */
    private List<String> allowed(Request request) {
        if (Routes.isBatch(request.path())) {
            return List.of("POST");
        }
        try {
            return odata.allowed(parser.parse(request));
        } catch (Refusal unknown) {
            return List.of("GET", "POST", "PATCH", "PUT", "DELETE");
        }
    }

    private Response answer(Request request) {
        if (request.headers().has("Authorization")) {
            AccessToken caller = guard.caller(request);
            if (Routes.isBatch(request.path())) {
                request.trail().route(Routes.batch(request.path()));
                return batch.answer(request);
            }
            if (quota != null) {
                quota.take(caller);
            }
            ODataRequest asked = parser.parse(request);
            requireSameTenant(asked, caller.tenant());
            return answer(request, caller, asked);
        }
        return withoutToken(request);
    }

    private Response answer(Request request, AccessToken caller, ODataRequest asked) {
        try {
            Plan planned = planned(caller, asked);
            request.trail().route(Routes.label(asked.version(), planned));
            tenants.find(caller.tenant()).ifPresent(tenant -> TenantKinds.require(tenant, planned));
            Plan plan = Authorizer.authorize(caller, planned);
            return odata.execute(caller.tenant(), actor(request, caller), asked, plan);
        } catch (Refusal refusal) {
            throw odata.styled(asked, refusal);
        }
    }

    /** Where nothing is for the tenant, that is what is wrong, and no body would be right. */
    private Plan planned(AccessToken caller, ODataRequest asked) {
        try {
            return odata.plan(asked, caller.userId());
        } catch (Refusal refusal) {
            odata.address(asked, caller.userId())
                    .ifPresent(address ->
                            tenants.find(caller.tenant())
                                    .ifPresent(tenant -> TenantKinds.require(tenant, address)));
            throw refusal;
        }
    }

    /** The schema is public; for anything else the missing token is the first thing wrong. */
    private Response withoutToken(Request request) {
        if (Routes.describesSchema(request.path())) {
            ODataRequest asked = parser.parse(request);
            if (odata.plan(asked) instanceof Plan.Describe describe) {
                request.trail().route(Routes.label(asked.version(), describe));
                return odata.describe(asked, describe);
            }
        }
        guard.caller(request);
        throw new IllegalStateException("a request without token has no caller");
    }

    private void requireSameTenant(ODataRequest asked, TenantId tenant) {
        String named = asked.tenant();
        if (named == null
                || tenants.find(named).map(Tenant::id).filter(tenant::equals).isPresent()) {
            return;
        }
        throw new Refusal(
                GraphError.NO_TOKEN,
                "The tenant '" + named + "' in the path is not the tenant of the access token.");
    }

    private static Actor actor(Request request, AccessToken caller) {
        return new Actor(
                caller.clientId(),
                caller.userId(),
                request.requestId(),
                caller.roleIds(),
                caller.permissions());
    }

    /** What an {@code error_description} cannot hold (RFC 6750, 3) becomes an apostrophe. */
    private static String challenge(Request request, Refusal refusal) {
        String cause =
                String.valueOf(refusal.getMessage())
                        .replaceAll("[^\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]", "'");
        return "Bearer realm=\""
                + request.origin()
                + "\", error=\"invalid_token\", error_description=\""
                + cause
                + "\"";
    }
}
