package dev.usher.store;

import dev.usher.secret.Sealer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A sealed text in the database, left by the first start. A start with another master key would
 * seal some secrets under one key and fail, much later, to open those under the other.
 */
final class MasterKeyProbe {

    private static final String CONTEXT = "master-key-probe";
    private static final String SELECT = "select sealed from master_key_probe where position = 1";
    private static final String INSERT =
            "insert into master_key_probe (position, sealed) values (1, ?) on conflict do nothing";

    private MasterKeyProbe() {}

    /**
     * Leaves the text, or opens the one that is there.
     *
     * @throws WrongMasterKey if it does not open
     */
    static void check(Engine engine, Sealer sealer) {
        String sealed =
                read(engine)
                        .orElseGet(() -> {
                            String made =
                                    sealer.seal(CONTEXT, CONTEXT.getBytes(StandardCharsets.UTF_8));
                            engine.write(session -> session.update(INSERT, List.of(made)));
                            // perhaps that of another process which starts at the same time
                            return read(engine).orElseThrow();
                        });
        try {
            byte[] _ = sealer.open(CONTEXT, sealed);
        } catch (IllegalStateException ofAnother) {
            throw new WrongMasterKey(ofAnother);
        }
    }

    private static Optional<String> read(Engine engine) {
        return engine.readOnce(session -> session.one(SELECT, List.of(), row -> row.getString(1)));
    }
}
