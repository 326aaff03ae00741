package dev.usher.graph;

import dev.usher.directory.Credentials;
import dev.usher.odata.ActionHandler;
import dev.usher.odata.ActionResult;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.store.Entity;
import dev.usher.store.WriteTx;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a person, or somebody for a person, can do beyond changing properties. */
final class UserActions {

    private static final String CURRENT = "currentPassword";
    private static final String NEW = "newPassword";
    private static final String HASH = "newPasswordHash";

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

    /** Whoever knows the password may change it: for the person alone. */
    private ActionHandler changePassword() {
        return new ActionHandler() {
            @Override
            public String name() {
                return "microsoft.graph.changePassword";
            }

            @Override
            public Map<String, JsonNode> prepare(Map<String, JsonNode> arguments) {
                String hash = passwords.chosen(text(arguments, NEW));
                return Map.of(
                        CURRENT, Objects.requireNonNull(arguments.get(CURRENT)),
                        HASH, JsonNodeFactory.instance.stringNode(hash));
            }

            @Override
            public ActionResult answer(
                    WriteTx tx, @Nullable Entity bound, Map<String, JsonNode> arguments) {
                Entity user = Objects.requireNonNull(bound);
                if (!user.id().equals(tx.actor().userId())) {
                    throw new Refusal(GraphError.DENIED, "People change their own password alone.");
                }
                boolean known =
                        Credentials.find(tx, user.id())
                                .filter(hash -> passwords.matches(text(arguments, CURRENT), hash))
                                .isPresent();
                if (!known) {
                    throw AppCredentials.invalid(CURRENT, "The specified password is not right.");
                }
                passwords.change(tx, user, text(arguments, HASH));
                return new ActionResult.Nothing();
            }
        };
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
