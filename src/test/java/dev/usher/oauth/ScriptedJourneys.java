package dev.usher.oauth;

import dev.usher.directory.Throttle;
import dev.usher.flow.JourneyEnd;
import dev.usher.flow.JourneyStart;
import dev.usher.flow.Journeys;
import dev.usher.ids.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Journeys that end as a test says. */
final class ScriptedJourneys implements Journeys {

    private final Map<String, JourneyStart> started = new HashMap<>();
    private final Map<String, JourneyEnd> ended = new HashMap<>();
    boolean crowded;
    final List<JourneyStart> starts = new ArrayList<>();

    @Override
    public Started start(JourneyStart start) {
        if (crowded) {
            throw new Throttle.Exceeded(Throttle.Limit.none("requests"), Duration.ofSeconds(7));
        }
        String id = "j" + (started.size() + 1);
        started.put(id, start);
        starts.add(start);
        return new Started(id, "secret-of-" + id, path(start, id));
    }

    void end(String id, JourneyEnd end) {
        ended.put(id, end);
    }

    private Optional<JourneyStart> theirs(TenantId tenant, String journeyId, String secret) {
        return Optional.ofNullable(started.get(journeyId))
                .filter(start -> start.tenant().equals(tenant))
                .filter(_ -> Objects.equals(secret, "secret-of-" + journeyId));
    }

    private static String path(JourneyStart start, String id) {
        return "/" + start.tenant() + "/" + start.flowId() + "/journey/" + id;
    }

    @Override
    public Optional<String> underWay(TenantId tenant, String journeyId, String browserSecret) {
        return theirs(tenant, journeyId, browserSecret).map(start -> path(start, journeyId));
    }

    @Override
    public Optional<Ended> ended(TenantId tenant, String journeyId, String browserSecret) {
        JourneyEnd end = ended.get(journeyId);
        return end == null
                ? Optional.empty()
                : theirs(tenant, journeyId, browserSecret)
                        .map(start ->
                                new Ended(
                                        start.flowId(),
                                        start.clientId(),
                                        start.resume(),
                                        start.correlationId(),
                                        end));
    }
}
