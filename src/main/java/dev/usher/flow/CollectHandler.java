package dev.usher.flow;

import dev.usher.directory.Accounts;
import dev.usher.directory.PasswordHasher;
import dev.usher.store.WriteTx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a new account needs, and the account. */
final class CollectHandler implements StepHandler<Step.Collect> {

    private final Accounts accounts;
    private final PasswordHasher hasher;

    CollectHandler(Accounts accounts, PasswordHasher hasher) {
        this.accounts = accounts;
        this.hasher = hasher;
    }

    @Override
    public Effect handle(OnTheWay journey, Step.Collect step, Submission submission) {
        if (!submission.action().equals(Actions.CONTINUE) || !journey.state().proved()) {
            return Effect.nothing();
        }
        FieldRules.Read read = FieldRules.read(step.fields(), submission);
        Map<String, Notice> errors = new LinkedHashMap<>(read.errors());
        Step.PasswordBounds bounds = step.password();
        String password = submission.text(FieldNames.NEW_PASSWORD);
        if (bounds != null) {
            check(bounds, password, submission.text(FieldNames.REPEATED_PASSWORD), errors);
        }
        if (!errors.isEmpty()) {
            return Effect.of(new FlowEvent.InputRefused(read.entered(), errors));
        }
        String hash;
        try {
            hash = bounds == null ? null : hasher.hash(password);
        } catch (PasswordHasher.Busy busy) {
            return Effect.of(
                    new FlowEvent.InputRefused(
                            read.entered(), Map.of(FieldNames.NEW_PASSWORD, Notice.BUSY)));
        }
        String address = journey.state().name();
        Map<String, JsonNode> values = new LinkedHashMap<>(read.values());
        JsonNode chosen = values.remove(Field.USER_NAME.id());
        String userName = chosen == null ? null : chosen.asString();
        Accounts.NewAccount account =
                new Accounts.NewAccount(
                        step.account() == Step.Account.GUEST,
                        step.account() != Step.Account.LOCAL,
                        userName,
                        address,
                        hash,
                        values);
        return tx -> Optional.of(create(tx, account, read.entered()));
    }

    private FlowEvent create(WriteTx tx, Accounts.NewAccount account, Map<String, String> entered) {
        if (Accounts.claimed(tx, account.signInName()).isEmpty()) {
            return new FlowEvent.AccountCreated(accounts.create(tx, account), tx.now());
        }
        return account.userName() == null
                ? new FlowEvent.AccountExists()
                : new FlowEvent.InputRefused(
                        entered, Map.of(Field.USER_NAME.element(), Notice.NAME_TAKEN));
    }

    private static void check(
            Step.PasswordBounds bounds,
            String password,
            String repeated,
            Map<String, Notice> errors) {
        if (password.isEmpty()) {
            errors.put(FieldNames.NEW_PASSWORD, Notice.NO_PASSWORD);
        } else if (!strong(bounds, password)) {
            errors.put(FieldNames.NEW_PASSWORD, Notice.PASSWORD_WEAK);
        } else if (!password.equals(repeated)) {
            errors.put(FieldNames.REPEATED_PASSWORD, Notice.PASSWORDS_DIFFER);
        }
    }

    /** Whether the password is what the flow wants. */
    static boolean strong(Step.PasswordBounds bounds, String password) {
        int length = password.codePointCount(0, password.length());
        if (length < bounds.minimum() || length > bounds.maximum()) {
            return false;
        }
        if (bounds.digitsOnly()) {
            return password.codePoints().allMatch(point -> point >= '0' && point <= '9');
        }
        int classes = 0;
        classes += password.codePoints().anyMatch(Character::isLowerCase) ? 1 : 0;
        classes += password.codePoints().anyMatch(Character::isUpperCase) ? 1 : 0;
        classes += password.codePoints().anyMatch(Character::isDigit) ? 1 : 0;
        classes +=
                password.codePoints().anyMatch(point -> !Character.isLetterOrDigit(point)) ? 1 : 0;
        return classes >= bounds.classes();
    }
}
