package dev.usher.odata;

import dev.usher.edm.Model;
import dev.usher.http.Response;
import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.secret.Sealer;
import dev.usher.store.Actor;
import dev.usher.store.Store;
import dev.usher.store.UnstorableText;
import dev.usher.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The engine: {@code ODataRequest -> Plan -> Outcome -> Response}, for each version of the schema.
 * The caller authorizes between {@link #plan} and {@link #execute}: a plan says what it needs.
 */
public final class ODataService {

    private record Version(
            Model model,
            Planner planner,
            ReadExecutor reads,
            ChangeExecutor changes,
            Writer writer) {}

    private final Map<String, Version> versions = new TreeMap<>();

    /**
     * @param models one for each version served
     * @param metadata the {@code $metadata} of a model; asked at every request for it
     */
    public ODataService(
            List<Model> models,
            Function<Model, byte[]> metadata,
            Store store,
            Strategies strategies,
            Clock clock,
            Ids ids,
            Sealer sealer,
            ODataSettings settings) {
        SkipTokens skipTokens = new SkipTokens(sealer);
        for (Model model : models) {
            strategies.check(model);
            StoredTypes types = new StoredTypes(model);
            versions.put(
                    model.version(),
                    new Version(
                            model,
                            new Planner(model, other(models, model), strategies, types, settings),
                            new ReadExecutor(store, strategies, types, clock, skipTokens),
                            new ChangeExecutor(store, strategies, types, clock, ids),
                            new Writer(model, types, metadata)));
        }
    }

    /**
     * @throws Refusal 400, 405
     */
    public Plan plan(ODataRequest request) {
        return plan(request, null);
    }

    /**
     * As {@link #plan(ODataRequest)}.
     *
     * @param caller the key of the person who calls, null for an application by itself
     */
    public Plan plan(ODataRequest request, @Nullable String caller) {
        return version(request).planner().plan(request, caller);
    }

    /** A refusal in the words of the workload that the request is for. */
    public Refusal styled(ODataRequest request, Refusal refusal) {
        Version version = versions.get(request.version());
        return version == null
                ? refusal
                : Workloads.styled(Workloads.of(version.model(), request.path()), refusal);
    }

    /**
     * The methods that the resource of the request has, without OPTIONS and HEAD.
     *
     * @throws Refusal 400 for what is no resource
     */
    public List<String> allowed(ODataRequest request) {
        try {
            plan(request);
            return List.of();
        } catch (Refusal refusal) {
            String allow = refusal.allow();
            if (allow == null) {
                throw refusal;
            }
            return List.of(allow.split(", ", -1));
        }
    }

    /**
     * What the path leads to, whatever else is wrong with the request; empty for nothing.
     *
     * @param caller the object id of the person who calls, if one does
     */
    public Optional<Address> address(ODataRequest request, @Nullable String caller) {
        try {
            return Optional.ofNullable(version(request).planner().address(request, caller));
        } catch (Refusal nowhere) {
            return Optional.empty();
        }
    }

    /**
     * Carries out a plan that the caller may carry out. A change is durable on return.
     *
     * @throws Refusal 400, 404, 409, 412
     */
    public Response execute(TenantId tenant, Actor actor, ODataRequest request, Plan plan) {
        Version version = version(request);
        Outcome outcome;
        try {
            outcome =
                    switch (plan) {
                        case Plan.Read read ->
                                version.reads().execute(tenant, actor, request, read);
                        case Plan.Change change ->
                                version.changes().execute(tenant, actor, request, change);
                        case Plan.Describe describe -> described(describe);
                    };
        } catch (UnstorableText unstorable) {
            // in a key, a reference or a filter; in a body the binder has refused it already
            throw new Refusal(
                    GraphError.SYNTAX,
                    "The request is not acceptable: " + unstorable.getMessage() + ".");
        }
        return Deprecations.tell(request, plan, version.writer().write(request, outcome));
    }

    /** Answers from the schema; needs neither tenant nor token. */
    public Response describe(ODataRequest request, Plan.Describe plan) {
        return version(request).writer().write(request, described(plan));
    }

    private static Outcome described(Plan.Describe plan) {
        return switch (plan) {
            case Plan.Metadata() -> new Outcome.Metadata();
            case Plan.ServiceDocument() -> new Outcome.ServiceDocument();
        };
    }

    private Version version(ODataRequest request) {
        Version version = versions.get(request.version());
        if (version == null) {
            throw new Refusal(
                    GraphError.UNKNOWN_SEGMENT,
                    "There is no version '"
                            + request.version()
                            + "'; there are "
                            + String.join(", ", versions.keySet())
                            + ".");
        }
        return version;
    }

    private static @Nullable Model other(List<Model> models, Model model) {
        return models.stream()
                .filter(each -> !each.version().equals(model.version()))
                .findFirst()
                .orElse(null);
    }
}
