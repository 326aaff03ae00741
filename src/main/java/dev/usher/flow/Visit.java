package dev.usher.flow;

/** Where somebody stands who comes to the address of a journey. */
public sealed interface Visit {

    /** On the way. */
    record At(Screen screen) implements Visit {}

    /** At the end; {@code path} is where the application gets to know of it. */
    record Over(String path) implements Visit {}

    /** Too late; {@code path} leads back to the application. */
    record Expired(String path) implements Visit {}

    /** The flow or the application is there no more. */
    record Closed() implements Visit {}

    /** No journey of this browser. */
    record Unknown() implements Visit {}
}
