package dev.usher;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does several things at the same moment. */
public final class AtOnce {

    private AtOnce() {}

    /** What came of each, in their order. */
    public static <T> List<T> all(List<? extends Callable<T>> work) {
        CyclicBarrier start = new CyclicBarrier(work.size());
        List<Future<T>> pending = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            for (Callable<T> each : work) {
                pending.add(
                        threads.submit(() -> {
                            start.await();
                            return each.call();
                        }));
            }
            List<T> done = new ArrayList<>();
            for (Future<T> each : pending) {
                done.add(each.get());
            }
            return done;
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
