package dev.usher.acceptance.bench;

import dev.usher.acceptance.fixture.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the figures are held against. */
final class Marks {

    private final List<Map<String, Object>> lines = new ArrayList<>();

    void atMost(String what, double value, double most) {
        add(what, value, most, value <= most);
    }

    private void atLeast(String what, double value, double least) {
        add(what, value, least, value >= least);
    }

    private void add(String what, double value, double wanted, boolean met) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("mark", what);
        line.put("value", Math.round(value * 100) / 100.0);
        line.put("wanted", wanted);
        line.put("met", met);
        lines.add(line);
    }

    /**
     * The ratios of one database at one concurrency. Those by processor time do not count what the
     * driver takes of the machine.
     */
    void compare(String database, int clients, Map<String, Figures> figures) {
        String where = ", " + database + ", " + clients + " clients";
        ratios("get / static" + where, figures, "get", "static", 0.5);
        ratios("list 100 / static" + where, figures, "list", "static", 0.2);
        ratio("create / raw transaction" + where, figures, "create", "raw", 0.5);
        ratios("token / bare RS256" + where, figures, "token", "sign", 0.75);
    }

    private void ratios(
            String what, Map<String, Figures> figures, String of, String to, double least) {
        ratio(what, figures, of, to, least);
        if (figures.containsKey(of) && figures.containsKey(to)) {
            atLeast(
                    what + ", by processor time",
                    figures.get(to).cpuMicros() / figures.get(of).cpuMicros(),
                    least);
        }
    }

    private void ratio(
            String what, Map<String, Figures> figures, String of, String to, double least) {
        if (figures.containsKey(of) && figures.containsKey(to)) {
            atLeast(what, figures.get(of).perSecond() / figures.get(to).perSecond(), least);
        }
    }

    void print() {
        lines.forEach(line -> System.out.println(Json.write(line)));
    }
}
