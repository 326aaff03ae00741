package dev.usher.dev;

import dev.usher.ids.TenantId;
import dev.usher.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The machine's time, which can be moved or stopped for one tenant: codes, lockouts, tokens and
 * sessions follow. Forgotten when the process ends. Thread-safe.
 */
public final class DevClock implements Clock {

    /** The furthest that a tenant can be from the machine's time. */
    public static final Duration DISTANCE_MAX = Duration.ofDays(3653);

    private final Clock machine;
    private final Map<TenantId, Setting> settings = new ConcurrentHashMap<>();

    /**
     * How one tenant's clock goes.
     *
     * @param ahead of the machine's; zero if it stands still
     * @param frozenAt where it stands still; null while it goes
     */
    private record Setting(Duration ahead, @Nullable Instant frozenAt) {}

    private static final Setting UNCHANGED = new Setting(Duration.ZERO, null);

    public DevClock(Clock machine) {
        this.machine = machine;
    }

    @Override
    public Instant now() {
        return machine.now();
    }

    @Override
    public Instant now(TenantId tenant) {
        return time(settings.getOrDefault(tenant, UNCHANGED));
    }

    private Instant time(Setting setting) {
        return setting.frozenAt == null ? machine.now().plus(setting.ahead) : setting.frozenAt;
    }

    /**
     * Moves the tenant's time by a positive or negative span.
     *
     * @throws IllegalArgumentException if that were too far from the machine's time
     */
    void advance(TenantId tenant, Duration by) {
        settings.compute(
                tenant,
                (_, known) -> {
                    Setting before = known == null ? UNCHANGED : known;
                    Instant frozen = before.frozenAt;
                    Setting after =
                            frozen == null
                                    ? new Setting(before.ahead.plus(by), null)
                                    : new Setting(Duration.ZERO, frozen.plus(by));
                    return near(after);
                });
    }

    /**
     * Stops the tenant's time.
     *
     * @param at when; null for where it is now
     * @throws IllegalArgumentException if that is too far from the machine's time
     */
    void freeze(TenantId tenant, @Nullable Instant at) {
        Instant moment = at == null ? now(tenant) : at;
        settings.put(tenant, near(new Setting(Duration.ZERO, moment)));
    }

    /** Back to the machine's time. */
    void reset(TenantId tenant) {
        settings.remove(tenant);
    }

    private Setting near(Setting setting) {
        Duration distance = Duration.between(machine.now(), time(setting)).abs();
        if (distance.compareTo(DISTANCE_MAX) > 0) {
            throw new IllegalArgumentException(
                    "a clock can be at most " + DISTANCE_MAX.toDays() + " days off");
        }
        return setting;
    }
}
