package dev.usher.graph;

import dev.usher.directory.Credentials;
import dev.usher.edm.Model;
import dev.usher.odata.MemberSource;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.ReadTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a person authenticates with: the password, which is kept elsewhere, and what is kept in the
 * person's {@code authentication}. Each method has the same well-known id for everybody.
 */
final class AuthenticationMethods {

    static final String EMAIL = "microsoft.graph.emailAuthenticationMethod";
    static final String PHONE = "microsoft.graph.phoneAuthenticationMethod";
    static final String EMAIL_ID = "3ddfcfc8-9383-446f-83cc-3ab9be4be18f";
    static final String PASSWORD_ID = "28c10230-6103-485e-b985-444c60001490";

    /** By phone type. */
    static final Map<String, String> PHONE_IDS =
            Map.of(
                    "mobile", "3179e48a-750b-4051-897c-87b9720928f7",
                    "alternateMobile", "b6332ec1-7057-4abe-9331-3d72feddfe41",
                    "office", "e37fc753-ff3b-4958-9484-eaa9425c82bc");

    private static final String PASSWORD = "microsoft.graph.passwordAuthenticationMethod";
    private static final String OWNER = "microsoft.graph.authentication/";

    private final DirectoryKinds kinds;
    private final Kind emails;
    private final Kind phones;

    AuthenticationMethods(DirectoryKinds kinds, Model model) {
        this.kinds = kinds;
        this.emails = Kinds.of(model.entityType(EMAIL));
        this.phones = Kinds.of(model.entityType(PHONE));
    }

    /** The key of the person to whom an {@code authentication}, or a method in it, belongs. */
    static String person(Entity part) {
        String path = part.parent();
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    List<MemberSource> sources() {
        return List.of(
                source("passwordMethods", this::passwords), source("methods", this::methods));
    }

    private interface Members {
        List<Entity> of(ReadTx tx, Entity authentication);
    }

    private static MemberSource source(String name, Members members) {
        return new MemberSource() {
            @Override
            public String collection() {
                return OWNER + name;
            }

            @Override
            public List<Entity> members(ReadTx tx, @Nullable Entity owner) {
                return owner == null ? List.of() : members.of(tx, owner);
            }
        };
    }

    private List<Entity> methods(ReadTx tx, Entity authentication) {
        List<Entity> all = new ArrayList<>(passwords(tx, authentication));
        for (Kind kind : List.of(emails, phones)) {
            all.addAll(DirectoryKinds.where(tx, kind, authentication.path(), Map.of()));
        }
        return all;
    }

    /** One, if the person has a password here. */
    private List<Entity> passwords(ReadTx tx, Entity authentication) {
        String person = person(authentication);
        return Credentials.find(tx, person).stream()
                .flatMap(_ -> tx.find(kinds.user(), "", person).stream())
                .map(user -> password(authentication, user))
                .toList();
    }

    private static Entity password(Entity authentication, Entity user) {
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        JsonNode since = user.properties().path(Users.PASSWORD_CHANGED);
        if (since.isString()) {
            properties.set("createdDateTime", since);
        }
        return new Entity(
                "passwordAuthenticationMethod",
                authentication.path(),
                PASSWORD_ID,
                PASSWORD,
                1,
                properties);
    }
}
