package dev.usher.store;

/** What the database holds sealed was sealed under another master key than the one given. */
public final class WrongMasterKey extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WrongMasterKey(Throwable cause) {
        super(
                "the master key is not the one of this database: its signing keys and stored"
                        + " credentials cannot be opened with it; start with the key that the"
                        + " database was made with",
                cause);
    }
}
