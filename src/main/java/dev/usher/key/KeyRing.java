package dev.usher.key;

import dev.usher.observe.Observer;
import dev.usher.secret.Sealer;
import dev.usher.store.Store;
import dev.usher.time.Clock;

/** Each tenant's signing keys. Thread-safe. */
public final class KeyRing {

    public KeyRing(Store store, Clock clock, Sealer sealer, Observer observer) {}
}
