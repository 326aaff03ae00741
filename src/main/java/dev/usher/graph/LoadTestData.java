package dev.usher.graph;

import dev.usher.directory.Credentials;
import dev.usher.edm.Model;
import dev.usher.ids.Ids;
import dev.usher.store.Actor;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.tenant.Tenant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * People in number, to measure with: each with a work account's name and a local account, all with
 * one password under one hash, since a million hashes would take hours.
 */
public final class LoadTestData {

    /** People in one transaction. */
    public static final int BATCH_MAX = 4096;

    /** The most people of one run. */
    public static final int PEOPLE_MAX = 99_999_999;

    /** Those of a GUID's first group. */
    private static final int HEX_DIGITS = 8;

    private final Kind users;
    private final Store store;
    private final Ids ids;

    public LoadTestData(Model model, Store store, Ids ids) {
        this.users = DirectoryKinds.of(model).user();
        this.store = store;
        this.ids = ids;
    }

    /**
     * Adds people called {@code PREFIX-00000000@DOMAIN} and so on, who also sign in as {@code
     * PREFIX-00000000@example.com}.
     *
     * @param prefix lower-case letters and digits that no names of this tenant begin with
     * @param hash of everybody's password
     * @throws WriteTx.DuplicateKey if there are such names
     */
    public void people(Tenant tenant, Actor actor, String prefix, int count, String hash) {
        String domain = tenant.domains().getFirst();
        for (int from = 0; from < count; from += BATCH_MAX) {
            int first = from;
            int last = Math.min(from + BATCH_MAX, count) - 1;
            store.write(
                    tenant.id(),
                    actor,
                    tx -> {
                        List<Entity> people = new ArrayList<>();
                        for (int number = first; number <= last; number++) {
                            people.add(person(tx, name(prefix, number), domain, id(number, count)));
                        }
                        tx.insertAll(users, people);
                        Credentials.setAll(
                                tx,
                                name(prefix, first) + "@" + domain,
                                name(prefix, last) + "@" + domain,
                                hash);
                        return last;
                    });
        }
    }

    /**
     * All over the range of ids, but ascending: at random places of each index a million take many
     * times as long.
     */
    private String id(int number, int count) {
        long place = ((long) number << Integer.SIZE) / count;
        return HexFormat.of().toHexDigits((int) place)
                + ids.guid().toString().substring(HEX_DIGITS);
    }

    private static String name(String prefix, int number) {
        return String.format(Locale.ROOT, "%s-%08d", prefix, number);
    }

    private Entity person(WriteTx tx, String name, String domain, String id) {
        String now = tx.now().toString();
        String mail = name + "@example.com";
        ObjectNode person =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("accountEnabled", true)
                        .put("createdDateTime", now)
                        .put("creationType", "LocalAccount")
                        .put("displayName", name)
                        .put("mail", mail)
                        .put("mailNickname", name)
                        .put("passwordPolicies", "DisablePasswordExpiration")
                        .put(Users.PASSWORD_CHANGED, now)
                        .put(Users.SESSIONS_FROM, now)
                        .put(Users.UPN, name + "@" + domain)
                        .put("userType", "Member");
        person.putArray("businessPhones");
        person.putArray("otherMails");
        ArrayNode addresses = person.putArray("proxyAddresses");
        addresses.add("SMTP:" + mail);
        person.putObject("passwordProfile").put("forceChangePasswordNextSignIn", false);
        person.putArray(UserIdentities.PROPERTY)
                .addObject()
                .put("issuer", domain)
                .put("issuerAssignedId", mail)
                .put("signInType", "emailAddress");
        UserIdentities.namePrincipal(person, domain);
        return new Entity(users.name(), "", id, Users.TYPE, 0, person);
    }
}
