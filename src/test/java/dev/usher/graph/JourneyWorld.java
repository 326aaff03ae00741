package dev.usher.graph;

import dev.usher.directory.PasswordSignIn;
import dev.usher.edm.Model;
import dev.usher.edm.Schema;
import dev.usher.flow.FlowRunner;
import dev.usher.flow.JourneyStart;
import dev.usher.flow.Journeys;
import dev.usher.flow.NetworkLimits;
import dev.usher.flow.Rehearsal;
import dev.usher.flow.UserFlows;
import dev.usher.html.HtmlPages;
import dev.usher.http.Headers;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.http.Router;
import dev.usher.http.Trail;
import dev.usher.ids.TenantId;
import dev.usher.mail.Outbox;
import dev.usher.oauth.World;
import dev.usher.page.JourneyPages;
import dev.usher.store.StoreSettings;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tenant whose flows are written through Graph and walked through as by a browser. */
final class JourneyWorld implements AutoCloseable {

    private static final Pattern CODE = Pattern.compile("\\b\\d{6}\\b");

    final GraphWorld graph;
    final FlowRunner runner;
    final String clientId;
    private final Router router;

    JourneyWorld(StoreSettings settings) {
        this(settings, Rehearsal.NONE);
    }

    JourneyWorld(StoreSettings settings, NetworkLimits limits) {
        this(settings, Rehearsal.NONE, limits);
    }

    JourneyWorld(StoreSettings settings, Rehearsal rehearsal) {
        this(settings, rehearsal, NetworkLimits.NONE);
    }

    private JourneyWorld(StoreSettings settings, Rehearsal rehearsal, NetworkLimits limits) {
        graph = new GraphWorld(settings);
        World world = graph.world;
        Model model = Schema.load().model("beta");
        runner =
                new FlowRunner(
                        world.here.store(),
                        model,
                        new FlowRunner.Rooms(
                                world.here.tenants(),
                                world.here.clients(),
                                world.hasher(),
                                new PasswordSignIn(
                                        world.here.store(), world.hasher(), world.clock, world.ids),
                                new UserFlows(world.here.store(), model),
                                limits,
                                _ -> {}),
                        world.clock,
                        world.ids);
        router = new Router(_ -> Response.empty(404));
        new JourneyPages(
                        runner,
                        new HtmlPages(),
                        world.here.tenants(),
                        (_, _) -> List.of("https://app.example"),
                        rehearsal)
                .routes(router);
        clientId = world.client(graph.tenant).appId();
    }

    TenantId tenant() {
        return graph.tenant.id();
    }

    /** The code of the newest mail to that address. */
    String code(String address) {
        return graph.world.here.store().read(tenant(), tx -> Outbox.newest(tx, address)).stream()
                .findFirst()
                .map(kept -> CODE.matcher(kept.mail().plain()))
                .filter(Matcher::find)
                .map(Matcher::group)
                .orElseThrow();
    }

    int mails(String address) {
        return graph.world.here.store().read(tenant(), tx -> Outbox.newest(tx, address)).size();
    }

    Browser begin(String flow, String... locales) {
        Journeys.Started started =
                runner.start(
                        new JourneyStart(
                                tenant(),
                                flow,
                                World.ORIGIN,
                                clientId,
                                "the authorize request",
                                null,
                                null,
                                null,
                                false,
                                List.of(locales),
                                "2001:db8:1:2::1",
                                "00000000-0000-4000-8000-00000000000c"));
        return new Browser(started).open();
    }

    @Override
    public void close() {
        graph.close();
    }

    /** One browser on one journey. */
    final class Browser {
        final Journeys.Started started;
        Response last = Response.empty(200);
        String html = "";

        Browser(Journeys.Started started) {
            this.started = started;
        }

        /** The same browser with another page of the same journey, as it looks now. */
        Browser tab() {
            return new Browser(started).open();
        }

        Browser open() {
            last = send("GET", new byte[0]);
            html = new String(last.body(), StandardCharsets.UTF_8);
            return this;
        }

        /** Presses the button of that id, with what the form holds and these fields. */
        Browser press(String button, String... namesAndValues) {
            last = send("POST", body(button, namesAndValues).getBytes(StandardCharsets.UTF_8));
            return last.status() == 303 ? open() : this;
        }

        String body(String button, String... namesAndValues) {
            Map<String, List<String>> fields = new LinkedHashMap<>();
            String action = attribute(tag("button", button).orElseThrow(), "value");
            fields.put("csrf", List.of(hidden("csrf")));
            fields.put("position", List.of(hidden("position")));
            fields.put("action", List.of(action));
            for (int i = 0; i < namesAndValues.length; i += 2) {
                fields.computeIfAbsent(namesAndValues[i], _ -> new ArrayList<>())
                        .add(namesAndValues[i + 1]);
            }
            StringBuilder body = new StringBuilder();
            fields.forEach((name, values) -> {
                for (String value : values) {
                    body.append(body.isEmpty() ? "" : "&").append(encoded(name));
                    body.append('=').append(encoded(value));
                }
            });
            return body.toString();
        }

        Response send(String method, byte[] body) {
            Headers headers =
                    new Headers()
                            .set(
                                    "Cookie",
                                    "other=1; "
                                            + Journeys.cookie(started.id())
                                            + "="
                                            + started.browserSecret());
            return router.handle(
                    new Request(
                            method,
                            World.ORIGIN,
                            started.path(),
                            null,
                            headers,
                            body,
                            "00000000-0000-4000-8000-00000000000a",
                            "00000000-0000-4000-8000-00000000000b",
                            "127.0.0.1",
                            new Trail()));
        }

        boolean has(String id) {
            return html.contains("id=\"" + id + "\"");
        }

        String hidden(String name) {
            Matcher found =
                    Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(html);
            if (!found.find()) {
                throw new AssertionError("no field " + name + " in " + html);
            }
            return found.group(1);
        }

        String value(String id) {
            return attribute(tag("input", id).orElseThrow(), "value");
        }

        String heading() {
            return between("<h1>", "</h1>");
        }

        /** What stands in the element of that id, up to the next tag. */
        String said(String id) {
            Matcher found = Pattern.compile("id=\"" + id + "\"[^>]*>([^<]*)<").matcher(html);
            return found.find() ? found.group(1).strip() : "";
        }

        private String between(String before, String after) {
            int from = html.indexOf(before) + before.length();
            return html.substring(from, html.indexOf(after, from)).strip();
        }

        Optional<String> tag(String name, String id) {
            Matcher found =
                    Pattern.compile("<" + name + " [^>]*id=\"" + id + "\"[^>]*>").matcher(html);
            return found.find() ? Optional.of(found.group()) : Optional.empty();
        }

        private static String attribute(String tag, String name) {
            Matcher found = Pattern.compile(" " + name + "=\"([^\"]*)\"").matcher(tag);
            return found.find() ? URLDecoder.decode(found.group(1), StandardCharsets.UTF_8) : "";
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }

        Optional<Journeys.Ended> end() {
            return runner.ended(tenant(), started.id(), started.browserSecret());
        }
    }
}
