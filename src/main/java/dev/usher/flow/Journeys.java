package dev.usher.flow;

import dev.usher.ids.TenantId;
import java.util.Optional;

/** The journeys of people through user flows, as the OAuth endpoints see them. */
public interface Journeys {

    /**
     * A journey that has begun.
     *
     * @param id names it in addresses; no secret
     * @param browserSecret binds it to the browser that began it: to be kept in its cookie
     * @param path where the browser goes next, from the root
     */
    record Started(String id, String browserSecret, String path) {}

    /**
     * A journey that is over.
     *
     * @param resume what it began with
     * @param correlationId under which the logs tell of it
     */
    record Ended(
            String flowId, String clientId, String resume, String correlationId, JourneyEnd end) {}

    /** The name of the cookie that binds the journey to a browser. */
    static String cookie(String journeyId) {
        return "usher-journey-" + journeyId;
    }

    /**
     * Begins a journey.
     *
     * @throws dev.usher.directory.Throttle.Exceeded if too much comes from that network
     */
    Started start(JourneyStart start);

    /** The path at which a journey of this browser goes on; empty if it is another's. */
    Optional<String> underWay(TenantId tenant, String journeyId, String browserSecret);

    /** The end of a journey of this browser; empty if it is not over, expired, or another's. */
    Optional<Ended> ended(TenantId tenant, String journeyId, String browserSecret);
}
