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

/** The sign-in log: one row for each attempt, in the shape of Graph's {@code signIn}. */
public final class SignIns {

    /** The longest text of a caller's that is kept, in characters. */
    public static final int TEXT_CHARS_MAX = 256;

    private static final Kind SIGN_IN =
            new Kind(
                    "signIn",
                    "sign_in",
                    Map.of(
                            "createdDateTime",
                            new Kind.Column("created_at", Kind.Column.Type.INSTANT),
                            "userId",
                            new Kind.Column("user_id", Kind.Column.Type.TEXT)),
                    Set.of());
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";
    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";

    private final Ids ids;

    public SignIns(Ids ids) {
        this.ids = ids;
    }

    /**
     * Adds a row.
     *
     * @param person null if nobody has that name
     * @param name as it was typed
     * @param errorCode 0 for success, else the number behind AADSTS
     * @param reason why it failed, empty for success
     */
    public void add(
            WriteTx tx,
            SignInAttempt attempt,
            @Nullable Person person,
            String name,
            int errorCode,
            String reason) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.put("createdDateTime", tx.now().toString())
                .put("userId", person == null ? NOBODY : person.id())
                .put("userDisplayName", person == null ? "" : person.displayName())
                .put("userPrincipalName", person == null ? cut(name) : person.userPrincipalName())
                .put("appId", attempt.clientId())
                .put("appDisplayName", attempt.clientName())
                .put("resourceId", GRAPH)
                .put("resourceDisplayName", "Microsoft Graph")
                .put("resourceTenantId", tx.tenant().toString())
                .put("homeTenantId", tx.tenant().toString())
                .put("clientAppUsed", attempt.clientAppUsed())
                .put("correlationId", attempt.correlationId())
                .put("ipAddress", cut(attempt.ipAddress()))
                .put("isInteractive", attempt.clientAppUsed().equals(SignInAttempt.BROWSER))
                .put("conditionalAccessStatus", "notApplied");
        row.putObject("deviceDetail").put("browser", cut(attempt.userAgent()));
        row.putObject("status")
                .put("errorCode", errorCode)
                .put("failureReason", errorCode == 0 ? "Other." : reason);
        tx.append(
                SIGN_IN,
                new Entity(
                        SIGN_IN.name(),
                        "",
                        ids.guid().toString(),
                        "microsoft.graph.signIn",
                        0,
                        row));
    }

    static String cut(String text) {
        return text.codePoints()
                .limit(TEXT_CHARS_MAX)
                .filter(point -> point != 0)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
