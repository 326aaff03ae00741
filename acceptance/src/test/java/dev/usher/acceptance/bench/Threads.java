package dev.usher.acceptance.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs work in a closed loop on several threads. */
final class Threads {

    private Threads() {}

    /** One operation. */
    @FunctionalInterface
    interface Operation {
        void run() throws Exception;
    }

    /** Repeats what each thread has prepared for itself; preparing is not measured. */
    static Latencies run(int threads, Duration time, Callable<Operation> prepare)
            throws InterruptedException {
        CountDownLatch prepared = new CountDownLatch(threads);
        CountDownLatch go = new CountDownLatch(1);
        Latencies all = new Latencies();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Latencies>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(
                        pool.submit(() -> {
                            Operation operation;
                            try {
                                operation = prepare.call();
                            } finally {
                                prepared.countDown();
                            }
                            go.await();
                            return loop(operation, time);
                        }));
            }
            prepared.await();
            all.begin();
            go.countDown();
            for (Future<Latencies> one : running) {
                all.merge(one.get());
            }
            all.end();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
        return all;
    }

    private static Latencies loop(Operation operation, Duration time) throws Exception {
        Latencies latencies = new Latencies();
        long end = System.nanoTime() + time.toNanos();
        long now = System.nanoTime();
        while (now < end) {
            operation.run();
            long after = System.nanoTime();
            latencies.add(after - now);
            now = after;
        }
        return latencies;
    }
}
