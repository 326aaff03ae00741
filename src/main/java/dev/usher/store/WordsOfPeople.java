package dev.usher.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Fills {@code user_word} in the migration that makes it: SQL does not know {@link Words}. */
final class WordsOfPeople extends BaseCallback {

    private static final String VERSION = "13";
    private static final int ROWS_MAX = 1000;

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_EACH_MIGRATE;
    }

    @Override
    public void handle(Event event, Context context) {
        if (VERSION.equals(String.valueOf(context.getMigrationInfo().getVersion()))) {
            try {
                fill(context.getConnection());
            } catch (SQLException e) {
                throw new FlywayException("cannot fill user_word", e);
            }
        }
    }

    private static void fill(Connection connection) throws SQLException {
        try (PreparedStatement people =
                        connection.prepareStatement(
                                "select tenant_id, entity_key, doc ->> 'displayName'"
                                        + " from user_account");
                PreparedStatement word =
                        connection.prepareStatement("insert into user_word values (?, ?, ?)")) {
            people.setFetchSize(ROWS_MAX);
            int rows = 0;
            try (ResultSet person = people.executeQuery()) {
                while (person.next()) {
                    String name = person.getString(3);
                    for (String each : new LinkedHashSet<>(Words.of(name == null ? "" : name))) {
                        word.setString(1, person.getString(1));
                        word.setString(2, each);
                        word.setString(3, person.getString(2));
                        word.addBatch();
                        rows++;
                    }
                    if (rows >= ROWS_MAX) {
                        word.executeBatch();
                        rows = 0;
                    }
                }
            }
            word.executeBatch();
        }
    }
}
