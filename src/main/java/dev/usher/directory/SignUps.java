package dev.usher.directory;

import dev.usher.ids.Ids;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.WriteTx;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sign-up log: one row for each stage that somebody came through or failed at, in the shape of
 * Graph's {@code selfServiceSignUp}. Of a sign-up that was given up the last row tells how far it
 * came.
 */
public final class SignUps {

    private static final Kind SIGN_UP =
            new Kind(
                    "signUp",
                    "sign_up",
                    Map.of(
                            "createdDateTime",
                            new Kind.Column("created_at", Kind.Column.Type.INSTANT)),
                    Set.of());

    /** Who vouches for a mail address that was proved by a code. */
    private static final String PROVIDER = "Email OTP";

    private final Ids ids;

    public SignUps(Ids ids) {
        this.ids = ids;
    }

    /** How far somebody came, in Graph's words. */
    public enum Stage {
        CREDENTIAL_COLLECTION("credentialCollection"),
        CREDENTIAL_VALIDATION("credentialValidation"),
        ATTRIBUTE_COLLECTION("attributeCollectionAndValidation"),
        USER_CREATION("userCreation");

        private final String graph;

        Stage(String graph) {
            this.graph = graph;
        }
    }

    /**
     * Adds a row.
     *
     * @param userId the object id of the account; null while there is none
     * @param address that the person signs up with; empty before there is one
     * @param errorCode 0 for success
     * @param reason why it failed, empty for success
     */
    public void add(
            WriteTx tx,
            SignInAttempt attempt,
            @Nullable String userId,
            String address,
            Stage stage,
            int errorCode,
            String reason) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.put("createdDateTime", tx.now().toString())
                .put("correlationId", attempt.correlationId())
                .put("appId", attempt.clientId())
                .put("appDisplayName", attempt.clientName())
                .put("signUpIdentityProvider", PROVIDER)
                .put("signUpStage", stage.graph)
                .put("userId", userId);
        row.putObject("signUpIdentity")
                .put("signUpIdentifier", SignIns.cut(address))
                .put("signUpIdentifierType", "emailAddress");
        row.putObject("status")
                .put("errorCode", errorCode)
                .put("failureReason", errorCode == 0 ? "Other." : reason)
                .putNull("additionalDetails");
        tx.append(
                SIGN_UP,
                new Entity(
                        SIGN_UP.name(),
                        "",
                        ids.guid().toString(),
                        "microsoft.graph.selfServiceSignUp",
                        0,
                        row));
    }
}
