package dev.usher.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/**
 * Waits for SIGTERM or SIGINT. A shutdown hook would not do: after hooks the process still exits
 * with the signal's status, and a drained stop is a success. The JDK's signal class has no
 * supported name, so it is reached by reflection; without it the signals end the process as usual.
 */
final class Termination {

    private static final String[] SIGNALS = {"TERM", "INT"};

    private final CountDownLatch asked = new CountDownLatch(1);

    Termination() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object release =
                    Proxy.newProxyInstance(
                            Termination.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (_, _, _) -> {
                                asked.countDown();
                                return null;
                            });
            for (String name : SIGNALS) {
                signal.getMethod("handle", signal, handler)
                        .invoke(
                                null,
                                signal.getConstructor(String.class).newInstance(name),
                                release);
            }
        } catch (ReflectiveOperationException unsupported) {
            Runtime.getRuntime().addShutdownHook(new Thread(asked::countDown, "termination"));
        }
    }

    void await() throws InterruptedException {
        asked.await();
    }
}
