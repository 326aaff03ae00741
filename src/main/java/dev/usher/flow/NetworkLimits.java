package dev.usher.flow;

import dev.usher.directory.Throttle;
import dev.usher.directory.Throttle.Limit;
import dev.usher.http.Network;
import dev.usher.store.WriteTx;
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

    /** Whether anything is limited. */
    boolean some() {
        return requests.most() > 0 || mails.most() > 0;
    }

    /**
     * Counts one request, before any work is done for it.
     *
     * @param mails whether it has a mail sent
     * @throws Throttle.Exceeded if it is one too many
     */
    void count(WriteTx tx, String ipAddress, boolean mails) {
        String network = Network.of(ipAddress);
        Throttle.count(tx, requests, network);
        if (mails) {
            Throttle.count(tx, this.mails, network);
        }
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
