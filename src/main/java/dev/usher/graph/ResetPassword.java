package dev.usher.graph;

import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.odata.ActionHandler;
import dev.usher.odata.ActionResult;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.store.Actor;
import dev.usher.store.Entity;
import dev.usher.store.WriteTx;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code resetPassword} of a person's password method: an administrator gives a new one, or has one
 * made, which the person must change at the next sign-in.
 */
final class ResetPassword implements ActionHandler {

    private static final String NEW = "newPassword";
    private static final String HASH = "newPasswordHash";
    private static final String MADE = "madePassword";
    private static final int MADE_BYTES = 12;
    private static final JsonNode NOTHING = JsonNodeFactory.instance.missingNode();

    private final DirectoryKinds kinds;
    private final PasswordProfiles passwords;
    private final ProtectedPeople people;
    private final Ids ids;

    ResetPassword(
            DirectoryKinds kinds, PasswordProfiles passwords, ProtectedPeople people, Ids ids) {
        this.kinds = kinds;
        this.passwords = passwords;
        this.people = people;
        this.ids = ids;
    }

    @Override
    public String name() {
        return "microsoft.graph.resetPassword";
    }

    @Override
    public Map<String, JsonNode> prepare(
            TenantId tenant, Actor actor, Map<String, JsonNode> arguments) {
        JsonNode given = arguments.getOrDefault(NEW, NOTHING);
        Map<String, JsonNode> prepared = new HashMap<>();
        if (!given.isString()) {
            prepared.put(MADE, JsonNodeFactory.instance.stringNode(made()));
        }
        String password = prepared.getOrDefault(MADE, given).asString("");
        prepared.put(HASH, JsonNodeFactory.instance.stringNode(passwords.chosen(password)));
        return prepared;
    }

    /** Of random bytes, and of every class of characters. */
    private String made() {
        return "Aa1-"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(ids.bytes(MADE_BYTES));
    }

    @Override
    public ActionResult answer(
            WriteTx tx, @Nullable Entity bound, Map<String, JsonNode> arguments) {
        Entity method = Objects.requireNonNull(bound);
        if (!method.id().equals(AuthenticationMethods.PASSWORD_ID)) {
            throw new Refusal(
                    GraphError.INVALID_VALUE, "Only a password method has a password to reset.");
        }
        String person = AuthenticationMethods.person(method);
        if (person.equals(tx.actor().userId())) {
            throw new Refusal(
                    GraphError.DENIED,
                    "People change their own password, by changePassword, and reset those of"
                            + " others.");
        }
        people.require(tx, person);
        Entity user =
                tx.lock(kinds.user(), "", person)
                        .orElseThrow(() -> Refusal.notFound("The person does not exist any more."));
        PasswordProfiles.demandChange(user.properties());
        passwords.change(tx, user, arguments.getOrDefault(HASH, NOTHING).asString(""));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        JsonNode made = arguments.get(MADE);
        answer.set(NEW, made == null ? JsonNodeFactory.instance.nullNode() : made);
        return new ActionResult.Accepted(answer);
    }
}
