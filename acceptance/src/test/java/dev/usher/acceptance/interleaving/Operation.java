package dev.usher.acceptance.interleaving;

/**
 * One request that was answered.
 *
 * @param object the object that it was about
 * @param kind what was asked
 * @param argument what it was asked with: a value, a link's target, or empty
 * @param answer the status, and what a read showed
 * @param began nanoseconds before it was sent
 * @param ended nanoseconds after its answer was read
 */
record Operation(String object, Kind kind, String argument, Answer answer, long began, long ended) {

    /** What may be asked of an object. */
    enum Kind {
        CREATE,
        DELETE,
        /** Sets the value. */
        WRITE,
        READ,
        LINK,
        UNLINK
    }

    /**
     * What came back.
     *
     * @param state of a read: the value and the links, as {@link State} writes itself; else empty
     */
    record Answer(int status, String state) {}
}
