package dev.usher.store;

import org.jspecify.annotations.Nullable;

/**
 * Which database, and how many connections to it.
 *
 * @param url {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://...}
 * @param user of PostgreSQL, unless the URL names it
 * @param password of that user
 * @param writers connections for writing; SQLite has one, whatever this says
 * @param readers connections for reading
 */
public record StoreSettings(
        String url, @Nullable String user, @Nullable String password, int writers, int readers) {

    public static final int WRITERS_DEFAULT = 16;
    public static final int READERS_DEFAULT = 8;

    public StoreSettings {
        if (writers < 1 || readers < 1) {
            throw new IllegalArgumentException("at least one connection of each sort is needed");
        }
    }

    /** The defaults, for a URL that says all else. */
    public static StoreSettings of(String url) {
        return new StoreSettings(url, null, null, WRITERS_DEFAULT, READERS_DEFAULT);
    }

    /** Without the password, and without the URL's query part, where one may stand. */
    @Override
    public String toString() {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }
}
