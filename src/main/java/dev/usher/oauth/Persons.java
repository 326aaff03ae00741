package dev.usher.oauth;

import dev.usher.edm.Model;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.ReadTx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whether a person who signed in once still counts as signed in, and what is known of them. */
final class Persons {

    private final Kind users;

    Persons(Model model) {
        this.users = Kinds.of(model.entityType("microsoft.graph.user"));
    }

    /** What became of a person. */
    enum Standing {
        GOOD,
        /** The account does not exist any more. */
        GONE,
        /** The account may not be used. */
        DISABLED,
        /** Their sessions were ended after that sign-in: a new password, or an administrator. */
        SIGNED_OUT
    }

    /**
     * A person as of now.
     *
     * @param properties as stored; empty if the account is gone
     */
    record Known(String id, Standing standing, ObjectNode properties) {}

    /** The person, judged by when they signed in. */
    Known find(ReadTx tx, String userId, Instant authenticatedAt) {
        Optional<Entity> user = tx.find(users, "", userId);
        if (user.isEmpty()) {
            return new Known(userId, Standing.GONE, JsonNodeFactory.instance.objectNode());
        }
        ObjectNode properties = user.get().properties();
        return new Known(user.get().id(), standing(properties, authenticatedAt), properties);
    }

    private static Standing standing(ObjectNode user, Instant authenticatedAt) {
        if (!user.path("accountEnabled").asBoolean(true)) {
            return Standing.DISABLED;
        }
        String from = user.path("signInSessionsValidFromDateTime").asString("");
        return !from.isEmpty() && authenticatedAt.isBefore(whole(from))
                ? Standing.SIGNED_OUT
                : Standing.GOOD;
    }

    /** Sign-ins are told apart by the millisecond. */
    private static Instant whole(String text) {
        return Instant.parse(text).truncatedTo(ChronoUnit.MILLIS);
    }
}
