package dev.usher.oauth;

import dev.usher.grant.AuthorizationCodes;
import dev.usher.grant.RefreshTokens;
import dev.usher.ids.Ids;
import dev.usher.session.JourneyEnds;
import dev.usher.session.Sessions;
import dev.usher.store.WriteTx;

/**
 * Codes, refresh tokens and sign-ins that are good no more: each time that some are written, now
 * and then a few old ones go, faster than new ones come.
 */
final class Leavings {

    /** Of so many answers one sweeps. */
    static final int EVERY = 16;

    /** The most rows of a kind that one sweep removes. */
    static final int SWEEP_MAX = 64;

    private final Ids ids;

    Leavings(Ids ids) {
        this.ids = ids;
    }

    /** Sweeps, or does nothing. */
    void purge(WriteTx tx) {
        if (ids.bytes(1)[0] % EVERY == 0) {
            AuthorizationCodes.purge(tx, SWEEP_MAX);
            RefreshTokens.purge(tx, SWEEP_MAX);
            Sessions.purge(tx, SWEEP_MAX);
            JourneyEnds.purge(tx, SWEEP_MAX);
        }
    }
}
