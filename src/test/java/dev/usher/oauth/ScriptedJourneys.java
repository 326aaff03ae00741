package dev.usher.oauth;

import dev.usher.flow.JourneyEnd;
import dev.usher.flow.JourneyStart;
import dev.usher.flow.Journeys;
import dev.usher.ids.TenantId;
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
    final List<JourneyStart> starts = new ArrayList<>();

    @Override
    public Started start(JourneyStart start) {
        String id = "j" + (started.size() + 1);
        started.put(id, start);
        starts.add(start);
        return new Started(
                id,
                "secret-of-" + id,
                "/" + start.tenant() + "/" + start.flowId() + "/journey/" + id);
    }

    void end(String id, JourneyEnd end) {
        ended.put(id, end);
    }

    @Override
    public Optional<Ended> ended(TenantId tenant, String journeyId, String browserSecret) {
        JourneyStart start = started.get(journeyId);
        JourneyEnd end = ended.get(journeyId);
        boolean theirs =
                start != null
                        && start.tenant().equals(tenant)
                        && Objects.equals(browserSecret, "secret-of-" + journeyId);
        return end == null || start == null || !theirs
                ? Optional.empty()
                : Optional.of(
                        new Ended(
                                start.flowId(),
                                start.clientId(),
                                start.resume(),
                                start.correlationId(),
                                end));
    }
}
