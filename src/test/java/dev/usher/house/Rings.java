package dev.usher.house;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which package may import which: rings from the inside out, as ARCHITECTURE.md draws them. A
 * package that is not here may not exist.
 */
final class Rings {

    /** The root package and the command line: they wire, so they may import all. */
    static final List<String> WIRING = List.of("", "cli");

    private static final List<String> RING_0 =
            List.of("config", "edm", "http", "ids", "observe", "secret", "text", "time");

    private static final List<String> RING_1 = List.of("store");

    static final List<String> RING_2 =
            List.of(
                    "client",
                    "connector",
                    "directory",
                    "federation",
                    "grant",
                    "journal",
                    "key",
                    "language",
                    "mail",
                    "otp",
                    "session",
                    "tenant");

    private static final List<String> RING_3 = List.of("flow", "html", "odata", "token");

    private static final Map<String, Set<String>> IMPORTS = imports();

    private Rings() {}

    private static Map<String, Set<String>> imports() {
        Map<String, Set<String>> may = new TreeMap<>();
        may.put("ids", Set.of());
        for (String alone : List.of("edm", "observe", "secret", "text", "time")) {
            may.put(alone, Set.of("ids"));
        }
        may.put("config", Set.of("ids", "observe", "time"));
        may.put("http", Set.of("ids", "observe", "time"));
        may.put("store", Set.of("edm", "ids", "observe", "secret", "time"));

        RING_2.forEach(service -> may.put(service, all(RING_0, RING_1, List.of("tenant", "key"))));
        may.put("tenant", all(RING_0, RING_1));
        may.put("key", all(RING_0, RING_1));
        may.put("otp", all(RING_0, RING_1, List.of("tenant", "key", "mail")));
        may.put("grant", all(RING_0, RING_1, List.of("tenant", "key", "client")));

        may.put("odata", all(RING_0, RING_1));
        may.put("flow", all(RING_0, RING_1, RING_2));
        may.put("token", all(RING_0, RING_1, RING_2));
        may.put("html", all(RING_0));

        may.put("graph", all(RING_0, RING_1, RING_2, List.of("odata", "token", "flow")));
        may.put("oauth", all(RING_0, RING_1, RING_2, List.of("token", "flow", "html")));
        may.put("page", all(RING_0, List.of("flow", "html", "session", "client", "tenant")));
        may.put("admin", Set.of("html", "http", "config", "text", "ids"));
        may.put("dev", all(RING_0, RING_1, RING_2, RING_3));

        Set<String> everything = new HashSet<>(may.keySet());
        everything.addAll(WIRING);
        WIRING.forEach(wiring -> may.put(wiring, Set.copyOf(everything)));
        return may;
    }

    static boolean known(String name) {
        return IMPORTS.containsKey(name);
    }

    static boolean mayImport(String from, String to) {
        return from.equals(to) || IMPORTS.getOrDefault(from, Set.of()).contains(to);
    }

    @SafeVarargs
    private static Set<String> all(List<String>... rings) {
        Set<String> all = new HashSet<>();
        for (List<String> ring : rings) {
            all.addAll(ring);
        }
        return Set.copyOf(all);
    }
}
