package dev.usher.observe;

/**
 * Receives observations on the thread that made them; must be quick, thread-safe and never throw.
 */
@FunctionalInterface
public interface Observer {

    void on(Observation observation);
}
