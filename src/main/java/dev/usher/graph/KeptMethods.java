package dev.usher.graph;

import dev.usher.ids.Ids;
import dev.usher.odata.Draft;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.WriteTx;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The mail address and the phone numbers that a person can be reached at to authenticate: one
 * address, one number of each type. Whoever has a directory role is out of reach of those who have
 * none of the roles for that.
 */
abstract class KeptMethods implements Strategy {

    private final ProtectedPeople people;

    KeptMethods(ProtectedPeople people) {
        this.people = people;
    }

    /** The id of the one method of its sort. */
    abstract String id(ObjectNode properties);

    @Override
    public String key(WriteTx tx, Draft draft, Ids ids) {
        return id(draft.properties());
    }

    @Override
    public void creating(WriteTx tx, Candidate candidate, @Nullable Entity owner) {
        if (owner == null) {
            throw new IllegalStateException("a method belongs to a person");
        }
        people.require(tx, AuthenticationMethods.person(owner));
    }

    @Override
    public Entity updated(WriteTx tx, Entity before, Entity after, Draft draft) {
        people.require(tx, AuthenticationMethods.person(after));
        return after;
    }

    @Override
    public void deleted(WriteTx tx, Entity entity) {
        people.require(tx, AuthenticationMethods.person(entity));
    }

    static void invalid(String name, String resource, Violations violations) {
        violations.add(
                name,
                Rule.NOT_ALLOWED,
                "Invalid value specified for property '"
                        + name
                        + "' of resource '"
                        + resource
                        + "'.");
    }

    /** {@code emailAuthenticationMethod}. */
    static final class Emails extends KeptMethods {

        private static final String ADDRESS = "emailAddress";

        Emails(ProtectedPeople people) {
            super(people);
        }

        @Override
        public String type() {
            return AuthenticationMethods.EMAIL;
        }

        @Override
        String id(ObjectNode properties) {
            return AuthenticationMethods.EMAIL_ID;
        }

        @Override
        public void validate(Candidate candidate, Violations violations) {
            if (!UserRules.mailAddress(candidate.properties().path(ADDRESS).asString(""))) {
                invalid(ADDRESS, "EmailAuthenticationMethod", violations);
            }
        }
    }

    /** {@code phoneAuthenticationMethod}. */
    static final class Phones extends KeptMethods {

        private static final String NUMBER = "phoneNumber";
        private static final String TYPE = "phoneType";

        /** Country code, exactly one space, the number; an extension at most. */
        private static final Pattern NUMBER_FORM =
                Pattern.compile("\\+[1-9][0-9]{0,2} [0-9]{4,14}(x[0-9]{1,8})?");

        Phones(ProtectedPeople people) {
            super(people);
        }

        @Override
        public String type() {
            return AuthenticationMethods.PHONE;
        }

        /** A type that is none is refused later. */
        @Override
        String id(ObjectNode properties) {
            String type = properties.path(TYPE).asString("");
            return AuthenticationMethods.PHONE_IDS.getOrDefault(type, type);
        }

        /** Nobody signs in here by a message to a phone. */
        @Override
        public void complete(ObjectNode properties) {
            properties.put("smsSignInState", "notSupported");
        }

        @Override
        public void validate(Candidate candidate, Violations violations) {
            ObjectNode properties = candidate.properties();
            if (!NUMBER_FORM.matcher(properties.path(NUMBER).asString("")).matches()) {
                invalid(NUMBER, "PhoneAuthenticationMethod", violations);
            }
            if (!AuthenticationMethods.PHONE_IDS.containsKey(properties.path(TYPE).asString(""))) {
                invalid(TYPE, "PhoneAuthenticationMethod", violations);
            }
        }
    }
}
