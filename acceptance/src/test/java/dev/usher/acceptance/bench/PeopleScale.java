package dev.usher.acceptance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Distribution;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Postgres;
import dev.usher.acceptance.fixture.Tenant;
import dev.usher.acceptance.fixture.Usher;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A tenant with very many people answers within twice the time of one with 100, both filled by
 * {@code usher load-test-data}. As {@link Scale}, but for people.
 *
 * <p>Not part of an ordinary run: {@code mvn test -Dtest=PeopleScale}, and {@code
 * -Dscale.people=1000000} for a million.
 */
class PeopleScale {

    private static final int LARGE = Integer.getInteger("scale.people", 100_000);
    private static final int SMALL = 100;
    private static final long LOAD_SECONDS_MAX = 1800;
    private static final int NUMBERS = 100_000_000;
    private static final Pattern LOADED =
            Pattern.compile("people: +\\d+, (?<prefix>\\w+)-0+@(?<domain>\\S+) and on");

    private static final String USERS = "/v1.0/users";

    /** The people of one tenant: all are called {@code PREFIX-NUMBER}. */
    private record People(Tenant tenant, String prefix, String domain) {

        /** Somebody whom both tenants have. */
        String one() {
            return prefix + "-00000077";
        }
    }

    @Test
    void sqlite() throws Exception {
        compare("sqlite");
    }

    @Test
    void postgresql() throws Exception {
        try (Postgres postgres = new Postgres()) {
            compare("postgresql", "--database", postgres.freshDatabase());
        }
    }

    private static void compare(String database, String... options) {
        Path data = Distribution.workDirectory("people");
        try (Usher usher = Usher.start(data, options)) {
            People many = load(usher.tenant(), LARGE, data, database, options);
            People few = load(usher.otherTenant(), SMALL, data, database, options);
            Comparison comparison =
                    new Comparison(
                            URI.create(usher.json().httpUrl()).getPort(),
                            Json.object("database", database, "people", List.of(SMALL, LARGE)));
            Map<String, String> ofMany = reads(usher, many);
            Map<String, String> ofFew = reads(usher, few);
            ofMany.forEach((name, target) ->
                    comparison.add(
                            name,
                            read(usher, many.tenant(), target),
                            read(usher, few.tenant(), ofFew.getOrDefault(name, ""))));
            comparison.addWrite("create", create(usher, many), create(usher, few));
            comparison.assertWithin();
        }
    }

    private static People load(
            Tenant tenant, int count, Path data, String database, String... options) {
        List<String> command =
                new ArrayList<>(List.of("load-test-data", "--data", data.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("--tenant", tenant.id(), "--users", Integer.toString(count)));
        long begun = System.nanoTime();
        var done =
                Distribution.run(
                        Distribution.command(command.toArray(String[]::new)),
                        Map.of(),
                        LOAD_SECONDS_MAX);
        double seconds = (System.nanoTime() - begun) / 1e9;
        assertThat(done.exit()).as("%s", done).isZero();
        System.out.println(
                Json.write(
                        Json.object(
                                "scale",
                                "load",
                                "database",
                                database,
                                "people",
                                count,
                                "seconds",
                                Math.round(seconds),
                                "perSecond",
                                Math.round(count / seconds))));
        Matcher loaded = LOADED.matcher(done.out());
        assertThat(loaded.find()).as(done.out()).isTrue();
        return new People(tenant, loaded.group("prefix"), loaded.group("domain"));
    }

    /** What is read, with as many results in either tenant. */
    private static Map<String, String> reads(Usher usher, People people) {
        String one = people.one();
        String mail = one + "@example.com";
        String id =
                usher.graph("v1.0", people.tenant(), people.tenant().admin())
                        .get("/users/" + one + "@" + people.domain())
                        .expect(200)
                        .json()
                        .get("id")
                        .asString();
        Map<String, String> reads = new LinkedHashMap<>();
        reads.put("by id", USERS + "/" + id);
        reads.put("by principal name", USERS + "/" + one + "@" + people.domain());
        reads.put("filter by mail", filter("mail eq '%s'", mail));
        reads.put(
                "filter by identity",
                filter(
                        "identities/any(c:c/issuerAssignedId eq '%s' and c/issuer eq '%s')",
                        mail, people.domain()));
        reads.put(
                "filter by principal name",
                filter("userPrincipalName eq '%s'", one + "@" + people.domain()));
        reads.put("first page", USERS + "?$top=50");
        reads.put("first page by name", USERS + "?$top=50&$orderby=displayName");
        reads.put("name begins", filter("startswith(displayName,'%s-0000007')", people.prefix()));
        reads.put(
                "name begins, many",
                filter("startswith(displayName,'%s')", people.prefix()) + "&$top=50");
        reads.put(
                "search by name",
                USERS + "?$search=" + encoded("\"displayName:00000077 " + people.prefix() + "\""));
        reads.put("search by mail", USERS + "?$search=" + encoded("\"mail:" + one + "\""));
        reads.put("first page counted", USERS + "?$top=50&$count=true");
        reads.put("count", USERS + "/$count");
        return reads;
    }

    private static String filter(String filter, Object... values) {
        return USERS + "?$filter=" + encoded(filter.formatted(values));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Template read(Usher usher, Tenant tenant, String target) {
        return Template.of(
                Comparison.head(usher, tenant, "GET", target) + "\r\nConsistencyLevel: eventual",
                "",
                1,
                200);
    }

    private static Template create(Usher usher, People people) {
        String body =
                """
                {"accountEnabled":true,"displayName":"Made","mailNickname":"made",
                 "userPrincipalName":"made-%s@%s",
                 "passwordProfile":{"password":"Load-1234567"}}\
                """
                        .formatted(Template.NUMBER, people.domain());
        return Template.of(
                Comparison.head(usher, people.tenant(), "POST", USERS)
                        + "\r\nContent-Type: application/json",
                body,
                NUMBERS,
                201);
    }
}
