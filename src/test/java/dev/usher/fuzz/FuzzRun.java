package dev.usher.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Feeds inputs to a target for a while: first those that once broke it, then made ones. The
 * ordinary check plays the same inputs each time, so that it fails for what has changed; a long run
 * makes new ones. The seed is printed; {@code -Dseed=N} repeats a sequence, {@code
 * -Dfuzz.seconds=N} sets the time.
 */
public final class FuzzRun {

    /** An input that takes more of the processor counts as a hang. */
    private static final Duration WORK_MAX = Duration.ofSeconds(10);

    /** So does one that takes longer, however little the machine lets it run. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);

    private static final int FAILURES_MAX = 20;

    /** Inputs of an ordinary check, if the time does not end it before. */
    private static final int INPUTS_MAX = 4_000;

    private static final Duration STEP = Duration.ofSeconds(5);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final boolean LONG = Boolean.getBoolean("long");

    /** What a target makes of an input: an outcome for the statistics, or an AssertionError. */
    public interface Target {
        String accept(Input input) throws Exception;
    }

    private final String name;
    private final Target target;
    private Thread worker;
    private final Map<String, String> failures = new LinkedHashMap<>();
    private final Map<String, Integer> outcomes = new java.util.TreeMap<>();

    public FuzzRun(String name, Target target) {
        this.name = name;
        this.target = target;
    }

    public static long seed() {
        return Long.getLong("seed", LONG ? new Random().nextLong() : 1);
    }

    /**
     * Runs, and fails with every distinct failure seen.
     *
     * @param seconds without {@code -Dfuzz.seconds}
     */
    public void run(long seconds, List<Input> regressions, Function<Dice, Input> inputs) {
        long seed = seed();
        System.out.printf("fuzz %s: -Dseed=%d%n", name, seed);
        Dice dice = new Dice(seed);
        long nanos = TimeUnit.SECONDS.toNanos(Long.getLong("fuzz.seconds", seconds));
        long began = System.nanoTime();
        int count = 0;
        try (ExecutorService thread = Executors.newSingleThreadExecutor(this::worker)) {
            for (Input input : regressions) {
                check(thread, input);
            }
            while (System.nanoTime() - began < nanos
                    && failures.size() < FAILURES_MAX
                    && (LONG || count < INPUTS_MAX)) {
                check(thread, inputs.apply(dice));
                count++;
            }
        }
        System.out.printf("fuzz %s: %d inputs, %s%n", name, count, outcomes);
        if (!failures.isEmpty()) {
            fail("seed %d: %d failures%n%s", seed, failures.size(), String.join("\n", texts()));
        }
        assertThat(count).as("inputs tried").isPositive();
        assertThat(outcomes).as("both sorts of answer").containsKeys("2", "4");
    }

    private List<String> texts() {
        return failures.entrySet().stream()
                .map(failure -> failure.getKey() + "\n  " + failure.getValue())
                .toList();
    }

    private Thread worker(Runnable work) {
        Thread thread = new Thread(work, "fuzz " + name);
        worker = thread;
        return thread;
    }

    private void check(ExecutorService thread, Input input) {
        Future<String> outcome = thread.submit(() -> target.accept(input));
        try {
            outcomes.merge(await(outcome, input), 1, Integer::sum);
        } catch (ExecutionException e) {
            failures.putIfAbsent(signature(e.getCause()), input.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String await(Future<String> outcome, Input input)
            throws ExecutionException, InterruptedException {
        long worked = THREADS.getThreadCpuTime(worker.threadId());
        for (Duration waited = STEP; ; waited = waited.plus(STEP)) {
            try {
                return outcome.get(STEP.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                long work = THREADS.getThreadCpuTime(worker.threadId()) - worked;
                if (work > WORK_MAX.toNanos() || waited.compareTo(WAIT_MAX) >= 0) {
                    StackTraceElement[] stack = worker.getStackTrace();
                    outcome.cancel(true);
                    throw new AssertionError(
                            "no answer in %s, of which %d ms at work: %s%n  %s"
                                    .formatted(
                                            waited,
                                            TimeUnit.NANOSECONDS.toMillis(work),
                                            input,
                                            Arrays.toString(stack)));
                }
            }
        }
    }

    /** The same defect is reported once. */
    private static String signature(Throwable defect) {
        if (defect instanceof AssertionError) {
            return String.valueOf(defect.getMessage());
        }
        StackTraceElement[] trace = defect.getStackTrace();
        String where = "";
        for (StackTraceElement frame : trace) {
            if (frame.getClassName().startsWith("dev.usher")) {
                where = " at " + frame;
                break;
            }
        }
        return defect.getClass().getName() + where + ": " + defect.getMessage();
    }
}
