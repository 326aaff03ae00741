package dev.usher.graph;

import dev.usher.odata.Address;
import dev.usher.odata.Plan;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names for paths: the metric label of a request, and which paths are the schema's own. */
final class Routes {

    private static final Pattern SCHEMA =
            Pattern.compile("/+(v1\\.0|beta)/*((\\$|%24)metadata/*)?", Pattern.CASE_INSENSITIVE);

    /** With or without a tenant, which is a GUID or a domain, between the version and the name. */
    private static final Pattern BATCH =
            Pattern.compile(
                    "/+(v1\\.0|beta)/+([0-9a-z-]*[.-][0-9a-z.-]*/+)?(\\$|%24)batch/*",
                    Pattern.CASE_INSENSITIVE);

    private Routes() {}

    /** Whether the path is that of a batch of requests. */
    static boolean isBatch(String path) {
        return BATCH.matcher(path).matches();
    }

    /** The label of a batch: {@code /v1.0/$batch}. */
    static String batch(String path) {
        Matcher batch = BATCH.matcher(path);
        if (!batch.matches()) {
            throw new IllegalArgumentException("not the path of a batch: " + path);
        }
        return "/" + batch.group(1).toLowerCase(Locale.ROOT) + "/$batch";
    }

    /** Whether the path is a service document or {@code $metadata}. */
    static boolean describesSchema(String path) {
        return SCHEMA.matcher(path).matches();
    }

    /** The planned path with its keys blanked: only names of the schema become metric labels. */
    static String label(String version, Plan plan) {
        String root = "/" + version + "/";
        return switch (plan) {
            case Plan.Metadata _ -> root + "$metadata";
            case Plan.ServiceDocument _ -> root;
            case Plan.Read read -> root + label(read.address());
            case Plan.Change change -> root + label(change.address());
        };
    }

    private static String label(Address address) {
        return switch (address) {
            case Address.Singleton singleton -> singleton.root().name();
            case Address.Members members -> {
                Address.One owner = members.owner();
                String name = members.navigation().name();
                yield owner == null ? name : label(owner) + "/" + name;
            }
            case Address.Item item -> label(item.of()) + "/{id}";
            case Address.Single single -> label(single.owner()) + "/" + single.navigation().name();
        };
    }
}
