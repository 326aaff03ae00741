package dev.usher.store;

/**
 * The database refused or could not be reached. The transaction left no trace, unless this came
 * from the commit of PostgreSQL over a connection that broke in that moment.
 */
public final class StoreFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreFailure(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreFailure(String message) {
        super(message);
    }
}
