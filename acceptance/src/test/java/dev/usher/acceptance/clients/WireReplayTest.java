package dev.usher.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Golden;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Shows;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plays the requests of clients that do not run here, byte by byte. */
@UsherTest
class WireReplayTest {

    private final Usher usher;

    WireReplayTest(Usher usher) {
        this.usher = usher;
    }

    @ParameterizedTest
    @ValueSource(strings = {"powershell", "terraform", "msgraph-provider"})
    @Shows("C2")
    @Shows("C3")
    @Shows("C4")
    @Shows("W14")
    void everyStepIsAnsweredAsTheClientNeeds(String client) {
        Map<String, String> values = new TreeMap<>();
        values.put("name", Usher.fresh("Wire"));
        values.put("tenant", usher.tenant().id());
        values.put("base", usher.json().httpUrl());
        List<WireStep> steps = WireStep.parse(Golden.read("wire/" + client + ".http"));
        assertThat(steps).hasSizeGreaterThan(10);
        steps.forEach(step -> play(step.with(text -> fill(text, values)), values));
    }

    private static String fill(String text, Map<String, String> values) {
        String filled = text;
        for (var value : values.entrySet()) {
            filled = filled.replace("<" + value.getKey() + ">", value.getValue());
        }
        return filled;
    }

    private void play(WireStep step, Map<String, String> values) {
        List<String> headers = new ArrayList<>(step.headers());
        headers.add(
                "Authorization: Bearer "
                        + usher.tokens().of(usher.tenant(), usher.tenant().admin()));
        byte[] body = step.body().getBytes(StandardCharsets.UTF_8);
        Reply reply = usher.raw().send(step.method(), step.target(), headers, body);

        assertThat(Integer.toString(reply.status()))
                .as("%s: %s", step.name(), reply)
                .isIn(step.statuses());
        for (String keep : step.keeps()) {
            String[] pair = keep.split(" = ");
            values.put(pair[0], reply.json().at(pair[1]).asString());
        }
        for (String equal : step.equals()) {
            String[] pair = equal.split(" = ");
            assertThat(reply.json().at(pair[0]).asString())
                    .as("%s: %s", step.name(), reply)
                    .isEqualTo(pair[1]);
        }
        for (String text : step.contains()) {
            assertThat(reply.text()).as("%s: %s", step.name(), reply).contains(text);
        }
    }
}
