package dev.usher.graph;

import dev.usher.directory.Credentials;
import dev.usher.directory.PasswordSignIn;
import dev.usher.ids.TenantId;
import dev.usher.odata.ActionHandler;
import dev.usher.odata.ActionResult;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.store.Actor;
import dev.usher.store.Entity;
import dev.usher.store.WriteTx;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a person, or somebody for a person, can do beyond changing properties. */
final class UserActions {

    private static final String CURRENT = "currentPassword";
    private static final String NEW = "newPassword";
    private static final String HASH = "newPasswordHash";
    private static final String FAILURE = "failure";
    private static final String WRONG = "The specified password is not right.";

    private final DirectoryKinds kinds;
    private final PasswordProfiles passwords;
    private final Roles roles;

    UserActions(DirectoryKinds kinds, PasswordProfiles passwords, Roles roles) {
        this.kinds = kinds;
        this.passwords = passwords;
        this.roles = roles;
    }

    List<ActionHandler> all() {
        return List.of(
                changePassword(),
                revokeSessions(),
                memberIds("getMemberGroups", false),
                memberIds("getMemberObjects", true));
    }

    /** Ends every session: what was issued before is not renewed any more. */
    private ActionHandler revokeSessions() {
        return new ActionHandler() {
            @Override
            public String name() {
                return "microsoft.graph.revokeSignInSessions";
            }

            @Override
            public ActionResult answer(
                    WriteTx tx, @Nullable Entity bound, Map<String, JsonNode> arguments) {
                Entity user = Objects.requireNonNull(bound);
                user.properties().put(Users.SESSIONS_FROM, tx.now().toString());
                tx.replace(kinds.user(), user);
                return new ActionResult.Value(JsonNodeFactory.instance.booleanNode(true));
            }
        };
    }

    /**
     * Whoever knows the password may change it: for the person alone. Guesses at it count as those
     * at a sign-in do.
     */
    private ActionHandler changePassword() {
        return new ActionHandler() {
            @Override
            public String name() {
                return "microsoft.graph.changePassword";
            }

            @Override
            public Map<String, JsonNode> prepare(
                    TenantId tenant, Actor actor, Map<String, JsonNode> arguments) {
                if (actor.userId() == null) {
                    throw notTheirOwn();
                }
                PasswordSignIn.Checked checked =
                        passwords.check(tenant, actor, text(arguments, CURRENT));
                JsonNodeFactory nodes = JsonNodeFactory.instance;
                // told inside, once it is known whose password was to be changed
                return checked.failure()
                        .map(failure ->
                                Map.<String, JsonNode>of(
                                        FAILURE, nodes.stringNode(reason(failure))))
                        .orElseGet(() ->
                                Map.of(
                                        CURRENT,
                                        nodes.stringNode(checked.hash()),
                                        HASH,
                                        nodes.stringNode(passwords.chosen(text(arguments, NEW)))));
            }

            @Override
            public ActionResult answer(
                    WriteTx tx, @Nullable Entity bound, Map<String, JsonNode> arguments) {
                Entity user = Objects.requireNonNull(bound);
                if (!user.id().equals(tx.actor().userId())) {
                    throw notTheirOwn();
                }
                if (arguments.containsKey(FAILURE)) {
                    throw AppCredentials.invalid(CURRENT, text(arguments, FAILURE));
                }
                // somebody else may have changed it since it was compared
                Optional<String> compared = Optional.of(text(arguments, CURRENT));
                if (!Credentials.find(tx, user.id()).equals(compared)) {
                    throw AppCredentials.invalid(CURRENT, WRONG);
                }
                passwords.change(tx, user, text(arguments, HASH));
                return new ActionResult.Nothing();
            }
        };
    }

    private static String reason(PasswordSignIn.Failure failure) {
        return failure == PasswordSignIn.Failure.LOCKED ? failure.reason() : WRONG;
    }

    private static Refusal notTheirOwn() {
        return new Refusal(GraphError.DENIED, "People change their own password alone.");
    }

    private static String text(Map<String, JsonNode> arguments, String name) {
        JsonNode value = arguments.get(name);
        return value == null ? "" : value.asString("");
    }

    /** There are no groups here; what a principal is a member of are roles. */
    private ActionHandler memberIds(String name, boolean withRoles) {
        return new ActionHandler() {
            @Override
            public String name() {
                return DirectoryKinds.NAMESPACE + name;
            }

            @Override
            public ActionResult answer(
                    WriteTx tx, @Nullable Entity bound, Map<String, JsonNode> arguments) {
                ArrayNode ids = JsonNodeFactory.instance.arrayNode();
                JsonNode secured = arguments.get("securityEnabledOnly");
                boolean groupsAlone = secured != null && secured.asBoolean(false);
                if (withRoles && !groupsAlone) {
                    roles.of(tx, Objects.requireNonNull(bound).id())
                            .forEach(role -> ids.add(role.id()));
                }
                return new ActionResult.Value(ids);
            }
        };
    }
}
