package dev.usher.edm;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The form of every term in {@link Terms}. A term, a record member or a value outside of it would
 * be ignored by the code that reads it, so it is a finding.
 */
final class Vocabulary {

    private enum Form {
        FLAG,
        TEXT,
        PAIR,
        COUNT,
        NUMBER,
        GIVEN,
        RESTRICTIONS,
        REVISIONS,
        TENANT_KINDS,
        PERMISSIONS
    }

    private static final Map<String, Form> FORMS =
            Map.ofEntries(
                    entry(Terms.COMPUTED, Form.FLAG),
                    entry(Terms.IMMUTABLE, Form.FLAG),
                    entry(Terms.AUTO_EXPAND, Form.FLAG),
                    entry(Terms.DEEP_INSERT, Form.FLAG),
                    entry(Terms.DEEP_UPDATE, Form.FLAG),
                    entry(Terms.FIXED_KEY, Form.TEXT),
                    entry(Terms.INDEXABLE_BY_KEY, Form.FLAG),
                    entry(Terms.INSERT, Form.RESTRICTIONS),
                    entry(Terms.UPDATE, Form.RESTRICTIONS),
                    entry(Terms.DELETE, Form.RESTRICTIONS),
                    entry(Terms.FILTER, Form.RESTRICTIONS),
                    entry(Terms.EXPAND, Form.RESTRICTIONS),
                    entry(Terms.REVISIONS, Form.REVISIONS),
                    entry(Terms.VERSION, Form.TEXT),
                    entry(Terms.STORAGE, Form.TEXT),
                    entry(Terms.KIND, Form.TEXT),
                    entry(Terms.COLUMN, Form.TEXT),
                    entry(Terms.INDEXED, Form.FLAG),
                    entry(Terms.SECRET, Form.FLAG),
                    entry(Terms.SEALED, Form.TEXT),
                    entry(Terms.DEFAULT_TYPE, Form.TEXT),
                    entry(Terms.KEY_PREFIX, Form.TEXT),
                    entry(Terms.KEY_PATTERN, Form.TEXT),
                    entry(Terms.REQUIRED, Form.FLAG),
                    entry(Terms.MAX_LENGTH, Form.COUNT),
                    entry(Terms.MINIMUM, Form.NUMBER),
                    entry(Terms.MAXIMUM, Form.NUMBER),
                    entry(Terms.DEFAULT, Form.TEXT),
                    entry(Terms.KEEPS, Form.TEXT),
                    entry(Terms.ORDER_BY, Form.TEXT),
                    entry(Terms.GIVEN, Form.GIVEN),
                    entry(Terms.STREAM_UPDATABLE, Form.FLAG),
                    entry(Terms.SHOW_UPDATED, Form.FLAG),
                    entry(Terms.LINK, Form.TEXT),
                    entry(Terms.VIEW_OF, Form.TEXT),
                    entry(Terms.VIEW_PATH, Form.TEXT),
                    entry(Terms.KEPT, Form.PAIR),
                    entry(Terms.SUCCESSOR, Form.TEXT),
                    entry(Terms.TENANT_KINDS, Form.TENANT_KINDS),
                    entry(Terms.WORKLOAD, Form.TEXT),
                    entry(Terms.IGNORE_CASE, Form.FLAG),
                    entry(Terms.LOWER_CASE, Form.FLAG),
                    entry(Terms.FOLDED_COLUMN, Form.TEXT),
                    entry(Terms.ITEM_INDEX, Form.TEXT),
                    entry(Terms.ALTERNATE_KEYS, Form.TEXT),
                    entry(Terms.CREATION_KEY, Form.TEXT),
                    entry(Terms.KEY_ALIAS, Form.TEXT),
                    entry(Terms.CALLER, Form.TEXT),
                    entry(Terms.ON_SELECT, Form.FLAG),
                    entry(Terms.REFERRER, Form.TEXT),
                    entry(Terms.DEFAULT_ORDER, Form.TEXT),
                    entry(Terms.DYNAMIC_PREFIX, Form.TEXT),
                    entry(Terms.KEPT_AS, Form.TEXT),
                    entry(Terms.SEARCH_WORDS, Form.FLAG),
                    entry(Terms.WORD_INDEX, Form.TEXT),
                    entry(Terms.PERMISSIONS, Form.PERMISSIONS));

    private static final Map<String, String> RESTRICTION_MEMBER =
            Map.of(
                    Terms.INSERT, "Insertable",
                    Terms.UPDATE, "Updatable",
                    Terms.DELETE, "Deletable",
                    Terms.FILTER, "Filterable",
                    Terms.EXPAND, "Expandable");

    private static final String UPSERTABLE = "Upsertable";
    private static final String UPDATE_METHOD = "UpdateMethod";

    private static final Set<String> GIVEN = Set.of("fixed", "start");

    private static final Set<String> REVISION_MEMBERS =
            Set.of("Date", "Description", "Kind", "RemovalDate", "Version");

    private static final Set<String> ACCESS =
            Set.of(
                    "Read",
                    "ReadOwn",
                    "Write",
                    "WriteOwn",
                    "Insert",
                    "Update",
                    "Delete",
                    "Link",
                    "Expand",
                    "Owned");

    private static final Set<String> SWITCHES =
            Set.of(
                    "Personal",
                    "Directory",
                    "RolesAlways",
                    "DelegatedOnly",
                    "OfOwnClient",
                    "Administered");

    private static final Set<String> ROLES = Set.of("Roles", "ReadRoles");

    private static final Pattern ALTERNATIVES =
            Pattern.compile("[A-Za-z.-]+(\\+[A-Za-z.-]+)*( [A-Za-z.-]+(\\+[A-Za-z.-]+)*)*");

    private Vocabulary() {}

    /** Reports what is wrong with one annotation; each finding starts with its place. */
    static void check(String place, String term, AnnotationValue value, Consumer<String> findings) {
        Form form = FORMS.get(term);
        if (form == null) {
            findings.accept(place + ": unknown term " + term);
            return;
        }
        boolean right =
                switch (form) {
                    case FLAG -> value instanceof AnnotationValue.Bool;
                    case TEXT -> value instanceof AnnotationValue.Text(var text) && !text.isBlank();
                    case PAIR ->
                            value instanceof AnnotationValue.Text(var text)
                                    && text.matches("[A-Za-z]+=[^=]+");
                    case COUNT -> value instanceof AnnotationValue.Num(long count) && count > 0;
                    case NUMBER -> value instanceof AnnotationValue.Num;
                    case GIVEN ->
                            value instanceof AnnotationValue.Text(var text) && GIVEN.contains(text);
                    case RESTRICTIONS ->
                            value instanceof AnnotationValue.Rec(var members)
                                    && members.containsKey(RESTRICTION_MEMBER.get(term))
                                    && members.entrySet().stream()
                                            .allMatch(m -> isRestriction(term, m));
                    case REVISIONS ->
                            value instanceof AnnotationValue.Items(var items)
                                    && items.stream().allMatch(Vocabulary::isRevision);
                    case TENANT_KINDS ->
                            value instanceof AnnotationValue.Rec(var members)
                                    && members.entrySet().stream()
                                            .allMatch(m -> isKinds(m.getKey(), m.getValue()))
                                    && members.containsKey("Kinds");
                    case PERMISSIONS ->
                            value instanceof AnnotationValue.Rec(var members)
                                    && members.entrySet().stream()
                                            .allMatch(m -> isRule(m.getKey(), m.getValue()));
                };
        if (!right) {
            findings.accept(place + ": not a value of " + term + ": " + value);
        }
        if (term.equals(Terms.VERSION)
                && value instanceof AnnotationValue.Text(var version)
                && !Schema.VERSIONS.contains(version)) {
            findings.accept(place + ": no such version: " + version);
        }
    }

    private static boolean isRestriction(String term, Map.Entry<String, AnnotationValue> member) {
        if (term.equals(Terms.UPDATE) && member.getKey().equals(UPDATE_METHOD)) {
            return member.getValue() instanceof AnnotationValue.Member(var methods)
                    && methods.equals(Terms.BY_PUT);
        }
        boolean upsert = term.equals(Terms.UPDATE) && member.getKey().equals(UPSERTABLE);
        return member.getValue() instanceof AnnotationValue.Bool
                && (upsert || member.getKey().equals(RESTRICTION_MEMBER.get(term)));
    }

    private static boolean isRevision(AnnotationValue value) {
        return value instanceof AnnotationValue.Rec(var members)
                && REVISION_MEMBERS.containsAll(members.keySet());
    }

    private static boolean isKinds(String member, AnnotationValue value) {
        return value instanceof AnnotationValue.Text(var text)
                && switch (member) {
                    case "Kinds" -> text.matches("[a-z0-9]+( [a-z0-9]+)*");
                    case "Instead" -> text.matches("[a-z0-9]+=/[^ ]+( [a-z0-9]+=/[^ ]+)*");
                    default -> false;
                };
    }

    private static boolean isRule(String member, AnnotationValue value) {
        if (SWITCHES.contains(member)) {
            return value instanceof AnnotationValue.Bool;
        }
        return value instanceof AnnotationValue.Text(var text)
                && (ROLES.contains(member)
                        ? !text.isBlank()
                        : ACCESS.contains(member) && ALTERNATIVES.matcher(text).matches());
    }
}
