package dev.usher.acceptance.interleaving;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sixteen clients that begin at the same moment, each with a random source of its own. */
record Clients(long seed) {

    /** How many they are. */
    static final int SIZE = 16;

    /** What one client does in one round. */
    interface Work {
        void run(int client, Random random) throws Exception;
    }

    /** Returns when all are done; fails if one does. */
    void together(int round, Work work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(SIZE);
        List<Future<?>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(SIZE)) {
            for (int i = 0; i < SIZE; i++) {
                int client = i;
                clients.add(
                        threads.submit(() -> {
                            Random random = new Random(seed + 1000L * round + client);
                            start.await();
                            work.run(client, random);
                            return null;
                        }));
            }
            for (Future<?> client : clients) {
                client.get();
            }
        }
    }
}
