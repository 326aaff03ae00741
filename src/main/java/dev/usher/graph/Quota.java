package dev.usher.graph;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.usher.ids.TenantId;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.time.Clock;
import dev.usher.token.AccessToken;
import java.time.Duration;
import java.time.Instant;

/**
 * The rates that Microsoft publishes for this part of Graph, as token buckets that hold a minute's
 * worth: 300 requests a minute for a tenant, 200 for an application in a tenant. Thread-safe.
 */
public final class Quota {

    /** Requests a minute in one tenant, over all applications. */
    public static final int TENANT_MAX = 300;

    /** Requests a minute of one application in one tenant. */
    public static final int APPLICATION_MAX = 200;

    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int BUCKETS_MAX = 100_000;

    private record Caller(TenantId tenant, String application) {}

    private final Clock clock;
    private final LoadingCache<TenantId, Bucket> tenants =
            Caffeine.newBuilder().maximumSize(BUCKETS_MAX).build(_ -> new Bucket(TENANT_MAX));
    private final LoadingCache<Caller, Bucket> callers =
            Caffeine.newBuilder().maximumSize(BUCKETS_MAX).build(_ -> new Bucket(APPLICATION_MAX));

    public Quota(Clock clock) {
        this.clock = clock;
    }

    /**
     * Counts one request.
     *
     * @throws Refusal 429 with the seconds to wait when there is no room for it
     */
    void take(AccessToken caller) {
        Instant now = clock.now();
        Bucket application =
                callers.get(new Caller(caller.tenant(), String.valueOf(caller.clientId())));
        Duration wait = application.take(now);
        if (wait.isZero()) {
            wait = tenants.get(caller.tenant()).take(now);
        }
        if (!wait.isZero()) {
            throw new Refusal(
                            GraphError.TOO_MANY_REQUESTS,
                            "There were more requests than the quota twin allows; try again later.")
                    .withRetryAfter(wait);
        }
    }

    /** Fills evenly over the period, up to its size. */
    private static final class Bucket {
        private final int size;
        private double tokens;
        private Instant filled = Instant.MIN;

        Bucket(int size) {
            this.size = size;
            this.tokens = size;
        }

        /** Takes a token; zero when there was one, else the time until there is. */
        synchronized Duration take(Instant now) {
            if (filled.isBefore(now)) {
                boolean first = filled.equals(Instant.MIN);
                double since = first ? 0 : Duration.between(filled, now).toNanos();
                tokens = Math.min(size, tokens + since * size / PERIOD.toNanos());
                filled = now;
            }
            if (tokens >= 1) {
                tokens -= 1;
                return Duration.ZERO;
            }
            return Duration.ofNanos((long) Math.ceil((1 - tokens) * PERIOD.toNanos() / size));
        }
    }
}
