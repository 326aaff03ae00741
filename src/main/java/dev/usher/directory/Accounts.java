package dev.usher.directory;

import dev.usher.edm.Model;
import dev.usher.ids.Ids;
import dev.usher.store.Entity;
import dev.usher.store.Folding;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import dev.usher.tenant.Tenants;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The accounts that people make for themselves. Thread-safe. */
public final class Accounts {

    /** The issuer of a mail address that was proved by a code. */
    public static final String MAIL_ISSUER = "mail";

    private static final int NICKNAME_MAX = 64;
    private static final String TYPE = "microsoft.graph.user";

    private final Kind users;
    private final Ids ids;

    /**
     * @param model the schema of any version; storage is the same in all
     */
    public Accounts(Model model, Ids ids) {
        this.users = Kinds.of(model.entityType(TYPE));
        this.ids = ids;
    }

    /**
     * What a new account is made of.
     *
     * @param guest whether it is a guest, known by a proven address, and not a local account
     * @param selfService whether Graph shows that the person signed up; a B2C tenant does not
     * @param userName the name that the person signs in with; null if that is the address
     * @param address the proven mail address
     * @param hash of the password; null for an account without one
     * @param properties what else is known of the person, by the property's name
     */
    public record NewAccount(
            boolean guest,
            boolean selfService,
            @Nullable String userName,
            String address,
            @Nullable String hash,
            Map<String, JsonNode> properties) {

        public NewAccount {
            properties = Map.copyOf(properties);
        }

        /** What nobody else may have. */
        public String signInName() {
            return userName == null ? address : userName;
        }
    }

    /** The object id of whoever has that mail address as a sign-in name, in any case. */
    public static Optional<String> byAddress(ReadTx tx, String address) {
        return tx.sql(
                        "select entity_key from user_identity where tenant_id = :tenant"
                                + " and assigned_key = :address"
                                + " and issuer_key in (:issuer, :mail)")
                .bind("address", Folding.fold(address))
                .bind("issuer", Folding.fold(Tenants.current(tx).domains().getFirst()))
                .bind("mail", MAIL_ISSUER)
                .one(row -> row.text("entity_key"));
    }

    /** As {@link #byAddress}, and nobody else gets an account with it until this is committed. */
    public static Optional<String> claimed(WriteTx tx, String address) {
        tx.hold("account of " + Folding.fold(address));
        return byAddress(tx, address);
    }

    /**
     * Makes the account of an address that is {@link #claimed}.
     *
     * @return the person's object id
     * @throws WriteTx.DuplicateKey if somebody has the address already
     */
    public String create(WriteTx tx, NewAccount account) {
        String id = ids.guid().toString();
        String domain = Tenants.current(tx).domains().getFirst();
        String now = tx.now().toString();
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        properties.put("accountEnabled", true);
        properties.put("displayName", "unknown");
        properties.put("createdDateTime", now);
        properties.put("signInSessionsValidFromDateTime", now);
        properties.put("userType", account.guest() ? "Guest" : "Member");
        properties.put(
                "creationType", account.selfService() ? "SelfServiceSignUp" : "LocalAccount");
        properties.putArray("businessPhones");
        ArrayNode otherMails = properties.putArray("otherMails");
        if (account.userName() != null) {
            otherMails.add(account.address());
        }
        String principal = principal(tx, account, id, domain);
        properties.put("userPrincipalName", principal);
        properties.put("mailNickname", nickname(principal));
        if (account.selfService()) {
            properties.put("mail", account.address());
            properties.putArray("proxyAddresses").add("SMTP:" + account.address());
        } else {
            properties.putArray("proxyAddresses");
        }
        if (account.guest()) {
            properties.put("externalUserState", "Accepted");
            properties.put("externalUserStateChangeDateTime", now);
        } else {
            properties.put("passwordPolicies", "DisablePasswordExpiration");
            properties.put("lastPasswordChangeDateTime", now);
            properties.putObject("passwordProfile").put("forceChangePasswordNextSignIn", false);
        }
        var identities = properties.putArray("identities");
        identities
                .addObject()
                .put("signInType", signInType(account))
                .put("issuer", account.guest() ? MAIL_ISSUER : domain)
                .put("issuerAssignedId", account.signInName());
        identities
                .addObject()
                .put("signInType", "userPrincipalName")
                .put("issuer", domain)
                .put("issuerAssignedId", principal);
        account.properties().forEach(properties::set);
        tx.insert(users, new Entity(users.name(), "", id, TYPE, 0, properties));
        String hash = account.hash();
        if (hash != null) {
            Credentials.set(tx, id, hash);
        }
        return id;
    }

    private static String signInType(NewAccount account) {
        if (account.guest()) {
            return "federated";
        }
        return account.userName() == null ? "emailAddress" : "userName";
    }

    /** Of a guest it tells the address; where that makes no name, or a taken one, the id does. */
    private String principal(WriteTx tx, NewAccount account, String id, String domain) {
        String alias = account.address().replace('@', '_') + "#EXT#";
        String wanted = alias + "@" + domain;
        boolean fits =
                account.guest()
                        && alias.matches("[A-Za-z0-9'._!#^~-]{1,64}")
                        && tx.sql(
                                        "select entity_key from user_account"
                                                + " where tenant_id = :tenant and upn_key = :upn")
                                .bind("upn", Folding.fold(wanted))
                                .one(row -> row.text("entity_key"))
                                .isEmpty();
        return fits ? wanted : id + "@" + domain;
    }

    private static String nickname(String principal) {
        String alias = principal.substring(0, principal.lastIndexOf('@'));
        return alias.length() > NICKNAME_MAX ? alias.substring(0, NICKNAME_MAX) : alias;
    }
}
