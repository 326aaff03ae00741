package dev.usher.token;

import dev.usher.ids.Ids;
import dev.usher.key.KeyRing;
import dev.usher.time.Clock;

/** Issues access tokens for the Graph API. Thread-safe. */
public final class TokenIssuer {

    public TokenIssuer(KeyRing keys, Clock clock, Ids ids) {}
}
