package dev.usher.flow;

import dev.usher.edm.Model;
import dev.usher.edm.PrimitiveType;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.Operand;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Works out the {@link FlowGraph} of what is stored of a user flow. Which credential people have
 * follows from the built-in providers that it links to; a provider that cannot run is left out.
 */
public final class FlowCompiler {

    /** Ids of the steps. */
    static final String SIGN_IN = "signIn";

    static final String ADDRESS = "address";
    static final String COLLECT = "collect";

    private static final String PROVIDERS = "userFlowIdentityProviders";

    /** The key of the policy of a tenant. */
    private static final String METHODS = "b2cAuthenticationMethodsPolicy";

    private static final String POSITION = "position";
    private static final int PARTS_MAX = 500;

    private static final String EMAIL_CODE = "emailotpsignup-oauth";
    private static final String EMAIL_PASSWORD = "emailpassword-oauth";
    private static final String DIRECTORY = "aadsignup-oauth";

    private final Kind attributes;
    private final Kind assignments;
    private final Kind providers;
    private final Kind methods;

    /**
     * @param model the schema of beta, which has the authentication methods of B2C tenants
     */
    public FlowCompiler(Model model) {
        this.attributes = Kinds.of(model.entityType("microsoft.graph.identityUserFlowAttribute"));
        this.assignments =
                Kinds.of(model.entityType("microsoft.graph.identityUserFlowAttributeAssignment"));
        this.providers = Kinds.of(model.entityType("microsoft.graph.identityProviderBase"));
        this.methods = Kinds.of(model.entityType("microsoft.graph.b2cAuthenticationMethodsPolicy"));
    }

    /** How people of a flow prove who they are. */
    private record Credentials(
            UserFlow.Kind kind, boolean guests, boolean userNames, Set<String> linked) {

        /** A name that people choose, of a B2C tenant that has no accounts by address. */
        boolean userName() {
            return kind == UserFlow.Kind.B2C
                    && userNames
                    && !linked.contains(EMAIL_PASSWORD)
                    && !code();
        }

        /** A mail address and a code, each time. */
        boolean code() {
            return linked.contains(EMAIL_CODE);
        }

        /** A password that people choose when they sign up. */
        boolean password() {
            return linked.contains(EMAIL_PASSWORD) || (kind == UserFlow.Kind.B2C && !code());
        }

        /** A password of an account that is in the directory already. */
        boolean signsInByPassword() {
            return password() || linked.contains(DIRECTORY);
        }

        Step.Account account() {
            return switch (kind) {
                case B2C -> Step.Account.LOCAL;
                case B2X -> password() ? Step.Account.MEMBER : Step.Account.GUEST;
                case EVENTS -> guests && !password() ? Step.Account.GUEST : Step.Account.LOCAL;
            };
        }
    }

    /**
     * The graph; empty for a flow through which nobody can go, because it has no pages or nobody
     * could prove who they are.
     */
    Optional<FlowGraph> compile(ReadTx tx, Entity flow, UserFlow known) {
        FlowSettings settings = known.settings();
        String type = known.flowType();
        boolean signsIn = type.equals("signIn") || type.equals("signUpOrSignIn");
        boolean signsUp = type.equals("signUp") || type.equals("signUpOrSignIn");
        Credentials credentials = credentials(tx, flow, known.kind());
        List<Step> steps = new ArrayList<>();
        boolean creates = signsUp && (credentials.password() || credentials.code());
        boolean proves = creates || (signsIn && credentials.code());
        boolean byPassword = signsIn && credentials.signsInByPassword();
        String code = credentials.code() && !credentials.password() ? ADDRESS : null;
        if (byPassword) {
            steps.add(
                    new Step.SignIn(
                            SIGN_IN,
                            type.equals("signIn")
                                    ? "localaccountsignin1_1"
                                    : "signinandsignupwithpassword1_1",
                            !settings.keepMeSignedIn().isZero(),
                            credentials.password(),
                            creates && credentials.password() ? ADDRESS : null,
                            code,
                            credentials.userName()));
        }
        if (proves) {
            steps.add(
                    new Step.ProveAddress(
                            ADDRESS,
                            credentials.password() ? "localaccountsignup1_1" : "selfasserted1_1",
                            !credentials.password(),
                            !credentials.password() && !settings.keepMeSignedIn().isZero(),
                            byPassword ? SIGN_IN : null,
                            creates ? COLLECT : null,
                            credentials.userName()));
        }
        if (creates) {
            steps.add(
                    new Step.Collect(
                            COLLECT,
                            credentials.password() ? "localaccountsignup1_1" : "selfasserted1_1",
                            credentials.account(),
                            credentials.password() ? bounds(settings) : null,
                            known.kind() == UserFlow.Kind.EVENTS
                                    ? EventsFlow.fields(tx, flow, attributes)
                                    : fields(tx, flow, credentials.userName())));
        }
        return first(steps, code)
                .map(first -> new FlowGraph(FlowGraph.FORMAT, flow.id(), first, steps));
    }

    /** Who has a code needs no password, so the code comes first. */
    private static Optional<String> first(List<Step> steps, @Nullable String code) {
        if (code != null && steps.stream().anyMatch(step -> step.id().equals(code))) {
            return Optional.of(code);
        }
        return steps.stream().findFirst().map(Step::id);
    }

    private Credentials credentials(ReadTx tx, Entity flow, UserFlow.Kind kind) {
        String link = kind == UserFlow.Kind.EVENTS ? EventsFlow.PROVIDERS : PROVIDERS;
        Query.Scope linked = new Query.Scope.Linked(link, flow.kind(), flow.path());
        Set<String> ids =
                tx
                        .all(
                                new Query(
                                        providers, List.of(), linked, null, List.of(), null,
                                        PARTS_MAX, 0))
                        .stream()
                        .map(Entity::key)
                        .collect(Collectors.toUnmodifiableSet());
        return new Credentials(kind, EventsFlow.guests(flow), userNames(tx), ids);
    }

    private static Step.PasswordBounds bounds(FlowSettings settings) {
        FlowSettings.CustomPassword custom = settings.customPassword();
        return switch (settings.passwordRule()) {
            case SIMPLE -> new Step.PasswordBounds(8, 256, 1, false);
            case STRONG -> new Step.PasswordBounds(8, 256, 3, false);
            case CUSTOM ->
                    custom == null
                            ? new Step.PasswordBounds(8, 256, 3, false)
                            : new Step.PasswordBounds(
                                    custom.minimumLength(),
                                    custom.maximumLength(),
                                    custom.characterClasses(),
                                    custom.digitsOnly());
        };
    }

    /** Whether the accounts of a B2C tenant have user names, and not addresses. */
    private boolean userNames(ReadTx tx) {
        return tx.find(methods, "", METHODS)
                .map(Entity::properties)
                .filter(policy ->
                        policy.path("isUserNameAuthenticationEnabled").asBoolean(false)
                                && !policy.path("isEmailPasswordAuthenticationEnabled")
                                        .asBoolean(true))
                .isPresent();
    }

    private List<Field> fields(ReadTx tx, Entity flow, boolean userName) {
        Query.Order position =
                new Query.Order(
                        new Operand.Property("", List.of(POSITION), PrimitiveType.INT64), false);
        Query.Scope children = new Query.Scope.Children(flow.path());
        Query all =
                new Query(
                        assignments,
                        List.of(),
                        children,
                        null,
                        List.of(position),
                        null,
                        PARTS_MAX,
                        0);
        List<Field> fields = new ArrayList<>();
        if (userName) {
            fields.add(Field.USER_NAME);
        }
        for (Entity assignment : tx.all(all)) {
            boolean address = assignment.key().startsWith("email") && builtInAddress(assignment);
            if (!address) {
                tx.find(attributes, "", assignment.id())
                        .map(attribute -> field(assignment, attribute))
                        .ifPresent(fields::add);
            }
        }
        return fields;
    }

    /** The address of the journey, which is proved before anything else is asked for. */
    private static boolean builtInAddress(Entity assignment) {
        return assignment.key().equals("email") || assignment.key().equals("emailreadonly");
    }

    private static Field field(Entity assignment, Entity attribute) {
        JsonNode stored = assignment.properties();
        String name = stored.path("displayName").asString("");
        Field.Input input = input(stored.path("userInputType").asString(""));
        List<Field.Choice> choices = new ArrayList<>();
        for (JsonNode item : stored.path("userAttributeValues")) {
            String value = item.path("value").asString("");
            String shown = item.path("name").asString("");
            choices.add(
                    new Field.Choice(
                            shown.isEmpty() ? value : shown,
                            value,
                            item.path("isDefault").asBoolean(false)));
        }
        return new Field(
                attribute.id(),
                Field.element(attribute.id()),
                name.isBlank() ? attribute.properties().path("displayName").asString("") : name,
                input,
                attribute.properties().path("dataType").asString("string"),
                !stored.path("isOptional").asBoolean(false),
                FieldLengths.of(attribute.id()),
                input.offersChoice() && choices.isEmpty() ? offered(attribute) : choices,
                null);
    }

    /** {@code dropdownSingleSelect} in Graph is {@code DROPDOWN_SINGLE_SELECT} here. */
    private static Field.Input input(String graph) {
        String name = graph.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
        for (Field.Input input : Field.Input.values()) {
            if (input.name().equals(name)) {
                return input;
            }
        }
        return Field.Input.TEXT_BOX;
    }

    /** What can be chosen where the flow does not say: countries, and yes for a truth value. */
    private static List<Field.Choice> offered(Entity attribute) {
        if (attribute.key().equals("country")) {
            return Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).stream()
                    .map(code -> Locale.of("", code).getDisplayCountry(Locale.ENGLISH))
                    .sorted()
                    .map(name -> new Field.Choice(name, name, false))
                    .toList();
        }
        return attribute.properties().path("dataType").asString("").equals("boolean")
                ? List.of(new Field.Choice("", "true", false))
                : List.of();
    }
}
