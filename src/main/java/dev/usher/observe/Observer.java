package dev.usher.observe;

import java.util.List;

/**
 * Receives observations on the thread that made them; must be quick, thread-safe and never throw.
 */
@FunctionalInterface
public interface Observer {

    void on(Observation observation);

    /** Tells each of them, in order. */
    static Observer all(Observer... observers) {
        List<Observer> each = List.of(observers);
        return observation -> each.forEach(observer -> observer.on(observation));
    }
}
