package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.oauth.EachDatabase;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whoever names an address does not learn whether it has an account: the same is said, hashed and
 * sent. How long it takes is measured by {@link EnumerationTimes}.
 */
class EnumerationTest {

    private static final int PAIRS = 3;

    @ParameterizedTest
    @EnumSource
    void knownAndUnknownAreTheSame(EachDatabase database) {
        try (WholeApp app = WholeApp.fresh(database.fresh())) {
            AddressEntries entries = new AddressEntries(app);
            int number = 0;
            for (Map.Entry<String, Function<String, AddressEntries.Seen>> entry :
                    entries.all().entrySet()) {
                for (int pair = 0; pair < PAIRS; pair++) {
                    number++;
                    String known = "known%03d@example.com".formatted(number);
                    entries.account(known);
                    AddressEntries.Seen first = entry.getValue().apply(known);
                    AddressEntries.Seen second =
                            entry.getValue().apply("xxxxx%03d@example.com".formatted(number));
                    assertThat(second.text()).as(entry.getKey()).isEqualTo(first.text());
                    assertThat(second.hashes()).as(entry.getKey()).isEqualTo(first.hashes());
                    assertThat(second.mails()).as(entry.getKey()).isEqualTo(first.mails());
                    boolean code = entry.getKey().startsWith("code");
                    assertThat(first.mails()).as(entry.getKey()).isEqualTo(code ? 1 : 0);
                    assertThat(first.hashes()).as(entry.getKey()).isEqualTo(code ? 0 : 1);
                }
            }
        }
    }
}
