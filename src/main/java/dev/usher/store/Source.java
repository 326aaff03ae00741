package dev.usher.store;

/** What a lambda variable, or the empty one, stands for in SQL. */
sealed interface Source {

    String alias();

    /**
     * A row of a kind's table; {@code path} is the expression of {@link
     * dev.usher.store.Entity#path}.
     */
    record Row(String alias, Kind kind, String path) implements Source {}

    /** An item of a JSON array. */
    record Item(String alias) implements Source {}
}
