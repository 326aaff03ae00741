package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.directory.Argon2Cost;
import dev.usher.oauth.EachDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How long known and unknown addresses take, in turns, with passwords as dear as in production: a
 * measurement for a quiet machine, run by {@code -Dtest=EnumerationTimes}, with {@code -Dpairs=N}.
 */
class EnumerationTimes {

    private static final int PAIRS = Integer.getInteger("pairs", 500);
    private static final int WARM_UP = PAIRS / 5;
    private static final double APART_MAX = 0.05;

    @ParameterizedTest
    @EnumSource
    void knownAndUnknownTakeAsLong(EachDatabase database) {
        Map<String, Double> ratios = new java.util.LinkedHashMap<>();
        try (WholeApp app =
                new WholeApp(WholeApp.directory(), database.fresh(), Argon2Cost.DEFAULT)) {
            AddressEntries entries = new AddressEntries(app);
            for (int i = 0; i < PAIRS + WARM_UP; i++) {
                entries.account("known%05d@example.com".formatted(i));
            }
            for (Map.Entry<String, Function<String, AddressEntries.Seen>> entry :
                    entries.all().entrySet()) {
                ratios.put(entry.getKey(), ratio(database, entry.getKey(), entry.getValue()));
            }
        }
        assertThat(ratios)
                .allSatisfy(
                        (_, ratio) -> assertThat(ratio).isBetween(1 - APART_MAX, 1 + APART_MAX));
    }

    private static double ratio(
            EachDatabase database, String name, Function<String, AddressEntries.Seen> entry) {
        List<Long> known = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        for (int i = 0; i < PAIRS + WARM_UP; i++) {
            // the one that is first changes, so that what it leaves behind is nobody's gain
            String is = "known%05d@example.com".formatted(i);
            String isNot = "xxxxx%05d@example.com".formatted(i);
            boolean first = i % 2 == 0;
            long one = entry.apply(first ? is : isNot).nanos();
            long other = entry.apply(first ? isNot : is).nanos();
            if (i >= WARM_UP) {
                known.add(first ? one : other);
                unknown.add(first ? other : one);
            }
        }
        double ratio = (double) median(known) / median(unknown);
        System.out.printf(
                "enumeration %s, %s: %d pairs, p50 known %.3f ms, unknown %.3f ms, ratio %.4f%n",
                database, name, PAIRS, median(known) / 1e6, median(unknown) / 1e6, ratio);
        return ratio;
    }

    private static long median(List<Long> nanos) {
        return nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElseThrow();
    }
}
