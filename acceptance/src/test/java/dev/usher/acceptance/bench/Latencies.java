package dev.usher.acceptance.bench;

import java.util.Arrays;

/** How long each operation of one slice took, in nanoseconds. One thread's own. */
final class Latencies {

    private long[] nanos = new long[4096];
    private int count;
    private long began;
    private long took;

    void begin() {
        began = System.nanoTime();
    }

    void end() {
        took = System.nanoTime() - began;
    }

    void add(long each) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = each;
    }

    /** Adds what another measured over the same time. */
    void merge(Latencies other) {
        for (int i = 0; i < other.count; i++) {
            add(other.nanos[i]);
        }
    }

    /** Adds what was measured at another time. */
    void append(Latencies other) {
        merge(other);
        took += other.took;
    }

    int count() {
        return count;
    }

    double perSecond() {
        return took == 0 ? 0 : count * 1e9 / took;
    }

    /** Microseconds that this share of the operations did not exceed. */
    double micros(double share) {
        if (count == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1L, (long) (share * count))] / 1e3;
    }
}
