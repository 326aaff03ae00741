package dev.usher.acceptance.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param slice how long one operation is measured at a time
 * @param rounds how many slices each operation gets at each concurrency
 * @param javaOptions for the server's Java machine
 * @param start whether start-up is measured
 */
record Options(
        Duration slice,
        int rounds,
        List<Integer> clients,
        List<String> databases,
        List<String> operations,
        String javaOptions,
        boolean start) {

    static final String USAGE =
            """
            usage: ./bench [--seconds 2] [--rounds 3] [--clients 1,8,32]
                           [--databases sqlite,postgresql|none]
                           [--operations static,get,list,filter,create,raw,token,sign]
                           [--start no] [--java-options OPTIONS]\
            """;

    /**
     * Reads pairs of name and value.
     *
     * @throws IllegalArgumentException with the usage
     */
    static Options parse(String... arguments) {
        Options options =
                new Options(
                        Duration.ofSeconds(2),
                        3,
                        List.of(1, 8, 32),
                        List.of("sqlite", "postgresql"),
                        Bench.OPERATIONS,
                        "",
                        true);
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(USAGE);
            }
            options = options.with(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private Options with(String name, String value) {
        List<String> list = Arrays.asList(value.split(","));
        return switch (name) {
            case "--seconds" -> slice(Duration.ofSeconds(Long.parseLong(value)));
            case "--rounds" -> rounds(Integer.parseInt(value));
            case "--clients" -> clients(list.stream().map(Integer::valueOf).toList());
            case "--databases" -> databases(value.equals("none") ? List.of() : list);
            case "--operations" -> operations(list);
            case "--java-options" -> javaOptions(value);
            case "--start" -> start(!value.equals("no"));
            default -> throw new IllegalArgumentException(USAGE);
        };
    }

    private Options slice(Duration now) {
        return new Options(now, rounds, clients, databases, operations, javaOptions, start);
    }

    private Options rounds(int now) {
        return new Options(slice, now, clients, databases, operations, javaOptions, start);
    }

    private Options clients(List<Integer> now) {
        return new Options(slice, rounds, now, databases, operations, javaOptions, start);
    }

    private Options databases(List<String> now) {
        return new Options(slice, rounds, clients, now, operations, javaOptions, start);
    }

    private Options operations(List<String> now) {
        return new Options(slice, rounds, clients, databases, now, javaOptions, start);
    }

    private Options javaOptions(String now) {
        return new Options(slice, rounds, clients, databases, operations, now, start);
    }

    private Options start(boolean now) {
        return new Options(slice, rounds, clients, databases, operations, javaOptions, now);
    }
}
