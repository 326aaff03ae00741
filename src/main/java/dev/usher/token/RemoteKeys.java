package dev.usher.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import dev.usher.time.Clock;
import dev.usher.token.TokenRefused.Reason;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The published keys of other authorities. A set is fetched when first needed, again after {@link
 * #FRESH}, and earlier for a key id that it lacks; never more often than {@link #PAUSE}, so that
 * forged tokens cannot make us call out without end. Thread-safe.
 */
final class RemoteKeys {

    /** How long a key set is used without asking again. */
    static final Duration FRESH = Duration.ofHours(1);

    /** How long a key set is used while its authority cannot be reached. */
    static final Duration STALE_MAX = Duration.ofHours(24);

    /** The shortest time between two fetches of one key set. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    /** The most key sets remembered. */
    static final int SETS_MAX = 1000;

    private record Fetched(JWKSet keys, Instant at) {}

    private static final class Slot {
        final ReentrantLock fetching = new ReentrantLock();
        volatile @Nullable Fetched last;
        volatile @Nullable Instant tried;
        volatile String problem = "";
    }

    private final JwksSource source;
    private final Clock clock;
    private final Cache<URI, Slot> slots = Caffeine.newBuilder().maximumSize(SETS_MAX).build();

    RemoteKeys(JwksSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * The keys that may have made the signature.
     *
     * @throws TokenRefused if the key set cannot be had, or lacks such a key
     */
    List<JWK> candidates(URI url, JWSHeader header) {
        Slot slot = slots.get(url, _ -> new Slot());
        Fetched known = slot.last;
        List<JWK> found = select(known, header);
        if (found.isEmpty() || known == null || olderThan(FRESH, known.at)) {
            refresh(slot, url, found.isEmpty());
            found = select(slot.last, header);
        }
        Fetched current = slot.last;
        if (current == null || olderThan(STALE_MAX, current.at)) {
            throw new TokenRefused(
                    Reason.KEYS_UNAVAILABLE,
                    "The keys of the token's issuer cannot be read: " + slot.problem);
        }
        if (found.isEmpty()) {
            throw new TokenRefused(
                    Reason.KEY_UNKNOWN,
                    "The token's issuer does not publish the key that signed it.");
        }
        return found;
    }

    /** Fetches unless it was tried of late; others wait only if they have no key to go on with. */
    private void refresh(Slot slot, URI url, boolean needed) {
        if (needed) {
            slot.fetching.lock();
        } else if (!slot.fetching.tryLock()) {
            return;
        }
        try {
            Instant tried = slot.tried;
            if (tried != null && !olderThan(PAUSE, tried)) {
                return;
            }
            slot.tried = clock.now();
            slot.last = new Fetched(Jose.keys(source.fetch(url)), clock.now());
        } catch (IOException unreachable) {
            slot.problem = "no answer from " + url;
        } catch (ParseException malformed) {
            slot.problem = "no key set at " + url;
        } finally {
            slot.fetching.unlock();
        }
    }

    private static List<JWK> select(@Nullable Fetched fetched, JWSHeader header) {
        return fetched == null
                ? List.of()
                : new JWKSelector(JWKMatcher.forJWSHeader(header)).select(fetched.keys);
    }

    private boolean olderThan(Duration age, Instant moment) {
        return !clock.now().isBefore(moment.plus(age));
    }
}
