package dev.usher.token;

import java.time.Instant;

/** An access token in compact form, and from when to when it is valid, in whole seconds. */
public record IssuedToken(String value, Instant issued, Instant expires) {

    /** How long it is valid, in seconds. */
    public long lifetimeSeconds() {
        return expires.getEpochSecond() - issued.getEpochSecond();
    }

    @Override
    public String toString() {
        return "IssuedToken[" + issued + ", " + expires + "]";
    }
}
