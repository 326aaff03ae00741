package dev.usher.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.util.PSQLException;

/**
 * Every table by {@code COPY}, in one repeatable-read transaction, which is a snapshot of one
 * moment. The file, compressed: a title, the version of the schema, then for each table a mark, its
 * name, its columns, and its rows in pieces, each behind its length; an empty piece ends them, the
 * last mark says that no table follows.
 */
final class PostgresBackup {

    private static final String TITLE = "usher backup 1";
    private static final String TABLES =
            "select c.table_name, string_agg(c.column_name, ', ' order by c.ordinal_position)"
                    + " from information_schema.columns c"
                    + " join information_schema.tables t on t.table_schema = c.table_schema"
                    + " and t.table_name = c.table_name and t.table_type = 'BASE TABLE'"
                    + " where c.table_schema = current_schema() and c.is_generated = 'NEVER'"
                    + " and c.table_name <> 'flyway_schema_history'"
                    + " group by c.table_name"
                    // what others refer to comes first
                    + " order by c.table_name <> 'tenant', c.table_name";
    private static final String EMPTY =
            "select count(*) from information_schema.tables where table_schema = current_schema()";

    private PostgresBackup() {}

    private record Table(String name, String columns) {
        Table {
            Shape.identifier(name);
            for (String column : columns.split(", ", -1)) {
                Shape.identifier(column);
            }
        }

        String copy(String direction) {
            return "copy " + name + " (" + columns + ") " + direction;
        }
    }

    static void save(StoreSettings settings, Path into) throws IOException {
        try (Connection connection = connect(settings);
                DataOutputStream out =
                        new DataOutputStream(
                                new BufferedOutputStream(
                                        new GZIPOutputStream(Files.newOutputStream(into))))) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            out.writeUTF(TITLE);
            out.writeInt(version(connection));
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            for (Table table : tables(connection)) {
                out.writeBoolean(true);
                out.writeUTF(table.name());
                out.writeUTF(table.columns());
                copy.copyOut(table.copy("to stdout"), new Pieces(out));
                out.writeInt(0);
            }
            out.writeBoolean(false);
            connection.rollback();
        } catch (SQLException failed) {
            throw failure("backup", failed);
        }
    }

    static void restore(StoreSettings settings, Path from) throws IOException {
        try (Connection connection = connect(settings)) {
            int version = check(from);
            if (version > Migrations.NEWEST) {
                throw new NewerSchema(
                        Integer.toString(version), Integer.toString(Migrations.NEWEST));
            }
            if (number(connection, EMPTY) > 0) {
                throw new StoreFailure("the database " + settings + " is not empty");
            }
            Migrations.migrate(settings, new PostgresDialect(), Integer.toString(version));
            try (DataInputStream in = open(from)) {
                begin(in);
                load(connection, in);
            }
            Migrations.run(settings, new PostgresDialect());
        } catch (SQLException failed) {
            throw failure("restore", failed);
        } catch (EOFException cut) {
            throw new StoreFailure("the backup is cut off", cut);
        }
    }

    private static DataInputStream open(Path from) throws IOException {
        return new DataInputStream(
                new BufferedInputStream(new GZIPInputStream(Files.newInputStream(from))));
    }

    private static int begin(DataInputStream in) throws IOException {
        if (!in.readUTF().equals(TITLE)) {
            throw new StoreFailure("the file is no backup");
        }
        return in.readInt();
    }

    /** Reads the file to its end before anything is done; gives the version of its schema. */
    private static int check(Path from) throws IOException {
        try (DataInputStream in = open(from)) {
            int version = begin(in);
            while (in.readBoolean()) {
                Table _ = new Table(in.readUTF(), in.readUTF());
                new PieceReader(in).transferTo(OutputStream.nullOutputStream());
            }
            if (in.read() >= 0) {
                throw new StoreFailure("there is something behind the end of the backup");
            }
            return version;
        }
    }

    /** All tables or none. */
    private static void load(Connection connection, DataInputStream in)
            throws SQLException, IOException {
        connection.setAutoCommit(false);
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        try {
            while (in.readBoolean()) {
                Table table = new Table(in.readUTF(), in.readUTF());
                PieceReader rows = new PieceReader(in);
                copy.copyIn(table.copy("from stdin"), rows);
            }
            connection.commit();
        } catch (SQLException | IOException | RuntimeException failed) {
            connection.rollback();
            throw failed;
        }
    }

    private static Connection connect(StoreSettings settings) throws SQLException {
        return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    }

    private static List<Table> tables(Connection connection) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TABLES);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                tables.add(new Table(found.getString(1), found.getString(2)));
            }
        }
        return tables;
    }

    private static int version(Connection connection) throws SQLException {
        return (int)
                number(
                        connection,
                        "select max(version::int) from flyway_schema_history where success");
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet result = statement.executeQuery()) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    private static StoreFailure failure(String what, SQLException failed) {
        String detail = failed instanceof PSQLException known ? known.getMessage() : "" + failed;
        return new StoreFailure(what + ": " + detail, failed);
    }

    /** Each piece behind its length. */
    private static final class Pieces extends OutputStream {
        private final DataOutputStream out;

        Pieces(DataOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (length > 0) {
                out.writeInt(length);
                out.write(bytes, from, length);
            }
        }
    }

    /** The pieces as one stream, up to the empty one. */
    private static final class PieceReader extends InputStream {
        private final DataInputStream in;
        private int left;
        private boolean done;

        PieceReader(DataInputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (!done && left == 0) {
                left = in.readInt();
                done = left <= 0;
            }
            if (done) {
                return -1;
            }
            int count = in.read(into, from, Math.min(length, left));
            if (count < 0) {
                throw new EOFException();
            }
            left -= count;
            return count;
        }
    }
}
