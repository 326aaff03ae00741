package dev.usher.flow;

import dev.usher.directory.Throttle.Limit;
import java.time.Duration;

/**
 * What one network may do at the pages of one tenant.
 *
 * @param requests journeys begun and answers sent
 * @param mails codes sent by mail
 */
public record NetworkLimits(Limit requests, Limit mails) {

    /** As much as one likes. */
    public static final NetworkLimits NONE =
            new NetworkLimits(Limit.none("requests"), Limit.none("mails"));

    /**
     * @param requests within five minutes; 0 for any number
     * @param mails within an hour; 0 for any number
     */
    public static NetworkLimits of(int requests, int mails) {
        return new NetworkLimits(
                new Limit("requests", requests, Duration.ofMinutes(5)),
                new Limit("mails", mails, Duration.ofHours(1)));
    }

    /**
     * Wrong passwords from one network.
     *
     * @param failures within an hour; 0 for any number
     */
    public static Limit failures(int failures) {
        return new Limit("failures", failures, Duration.ofHours(1));
    }
}
