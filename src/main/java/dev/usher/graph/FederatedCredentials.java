package dev.usher.graph;

import dev.usher.client.FederatedCredential;
import dev.usher.odata.Draft;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.WriteTx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code federatedIdentityCredential}: a token of another issuer, named by issuer, subject and
 * audience, by which an application proves itself in the place of a secret.
 */
final class FederatedCredentials implements Strategy {

    /** Of one application. */
    static final int CREDENTIALS_MAX = 20;

    /** The longest audience, in characters. */
    static final int AUDIENCE_CHARS_MAX = 600;

    private static final String NAME = "name";
    private static final String ISSUER = "issuer";
    private static final String SUBJECT = "subject";
    private static final String AUDIENCES = "audiences";
    private static final Pattern NAME_FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{2,119}");
    private static final Kind KIND = new Kind(FederatedCredential.KIND, null, Map.of(), Set.of());

    private final UrlRule urls;

    FederatedCredentials(UrlRule urls) {
        this.urls = urls;
    }

    @Override
    public String type() {
        return DirectoryKinds.NAMESPACE + FederatedCredential.KIND;
    }

    @Override
    public void validate(Candidate candidate, Violations violations) {
        ObjectNode properties = candidate.properties();
        check(NAME_FORM.matcher(text(properties, NAME)).matches(), NAME, violations);
        check(issuer(text(properties, ISSUER)), ISSUER, violations);
        check(!text(properties, SUBJECT).isBlank(), SUBJECT, violations);
        JsonNode audiences = properties.path(AUDIENCES);
        check(
                audiences.size() == 1 && audience(audiences.get(0).asString("")),
                AUDIENCES,
                violations);
    }

    /** An address that can be called, and that an issuer can have: without query. */
    private boolean issuer(String text) {
        return urls.callable(text).filter(url -> url.getRawQuery() == null).isPresent();
    }

    private static boolean audience(String text) {
        return !text.isBlank() && text.length() <= AUDIENCE_CHARS_MAX;
    }

    private static String text(ObjectNode properties, String name) {
        return properties.path(name).asString("");
    }

    private static void check(boolean right, String name, Violations violations) {
        if (!right && !violations.concerns(name)) {
            violations.add(
                    name,
                    Rule.NOT_ALLOWED,
                    "Invalid value specified for property '"
                            + name
                            + "' of resource 'FederatedIdentityCredential'.");
        }
    }

    @Override
    public void creating(WriteTx tx, Candidate candidate, @Nullable Entity owner) {
        if (owner == null) {
            throw new IllegalStateException("a credential belongs to an application");
        }
        List<Entity> others = DirectoryKinds.where(tx, KIND, owner.path(), Map.of());
        if (others.size() >= CREDENTIALS_MAX) {
            throw AppCredentials.invalid(
                    "federatedIdentityCredentials",
                    "An application has at most " + CREDENTIALS_MAX + " federated credentials.");
        }
        unique(others, candidate.properties());
    }

    /** Two of the same issuer and subject, or of one name, could not be told apart. */
    private static void unique(List<Entity> others, ObjectNode properties) {
        Violations violations = new Violations();
        for (Entity other : others) {
            if (text(other.properties(), NAME).equalsIgnoreCase(text(properties, NAME))) {
                Users.taken(NAME, violations);
            }
            boolean same =
                    text(other.properties(), ISSUER).equals(text(properties, ISSUER))
                            && text(other.properties(), SUBJECT).equals(text(properties, SUBJECT));
            if (same) {
                Users.taken(SUBJECT, violations);
            }
        }
        violations.refuse();
    }

    @Override
    public Entity updated(WriteTx tx, Entity before, Entity after, Draft draft) {
        List<Entity> others =
                DirectoryKinds.where(tx, KIND, after.parent(), Map.of()).stream()
                        .filter(other -> !other.id().equals(after.id()))
                        .toList();
        unique(others, after.properties());
        return after;
    }
}
