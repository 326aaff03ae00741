package dev.usher.flow;

import dev.usher.directory.Accounts;
import dev.usher.directory.People;
import dev.usher.directory.Person;
import dev.usher.mail.Outbox;
import dev.usher.otp.OneTimeCodes;
import dev.usher.store.WriteTx;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mail address and the code that proves it. A code goes to every address, whether somebody has it
 * or not: only who proves it learns that.
 */
final class AddressHandler implements StepHandler<Step.ProveAddress> {

    private static final Pattern CODE = Pattern.compile("[0-9]{6}");

    private final OneTimeCodes codes;
    private final Outbox outbox;
    private final CodeMail mails;

    AddressHandler(OneTimeCodes codes, Outbox outbox, CodeMail mails) {
        this.codes = codes;
        this.outbox = outbox;
        this.mails = mails;
    }

    @Override
    public Effect handle(OnTheWay journey, Step.ProveAddress step, Submission submission) {
        String password = step.password();
        return switch (submission.action()) {
            case Actions.SEND -> send(journey, submission.text(FieldNames.NAME).strip());
            case Actions.RESEND ->
                    journey.state().codeSent()
                            ? send(journey, journey.state().name())
                            : Effect.nothing();
            case Actions.VERIFY -> verify(journey, step, submission);
            case Actions.CHANGE -> Effect.of(new FlowEvent.AddressChanged());
            case Actions.PASSWORD ->
                    password == null ? Effect.nothing() : Effect.of(new FlowEvent.Moved(password));
            default -> Effect.nothing();
        };
    }

    private Effect send(OnTheWay journey, String address) {
        if (!FieldRules.email(address)) {
            boolean none = address.isEmpty() || address.length() > FieldRules.EMAIL_MAX;
            return Effect.of(
                    new FlowEvent.CodeNotSent(
                            none ? "" : address, none ? Notice.NO_EMAIL : Notice.INVALID_EMAIL));
        }
        return tx -> {
            Optional<String> code = codes.issue(tx, journey.id(), address);
            if (code.isEmpty()) {
                return Optional.of(new FlowEvent.CodeNotSent(address, Notice.THROTTLED));
            }
            outbox.put(tx, mails.of(tx, journey.head().language(), address, code.get()));
            return Optional.of(new FlowEvent.CodeSent(address));
        };
    }

    private Effect verify(OnTheWay journey, Step.ProveAddress step, Submission submission) {
        if (!journey.state().codeSent()) {
            return Effect.nothing();
        }
        String code = submission.text(FieldNames.CODE).replaceAll("[\\s-]", "");
        boolean keep = step.keepSignedIn() && submission.ticked(FieldNames.KEEP);
        if (!CODE.matcher(code).matches()) {
            return Effect.of(new FlowEvent.CodeRefused(keep, Notice.CODE_FORMAT));
        }
        String address = journey.state().name();
        return tx ->
                Optional.of(
                        switch (codes.check(tx, journey.id(), address, code)) {
                            case RIGHT -> proved(tx, step, address, keep);
                            case WRONG -> new FlowEvent.CodeRefused(keep, Notice.CODE_WRONG);
                            case SPOILED -> new FlowEvent.CodeRefused(keep, Notice.CODE_SPOILED);
                            case EXPIRED -> new FlowEvent.CodeRefused(keep, Notice.CODE_EXPIRED);
                        });
    }

    private static FlowEvent proved(
            WriteTx tx, Step.ProveAddress step, String address, boolean keep) {
        Optional<Person> person =
                step.contact()
                        ? Optional.empty()
                        : Accounts.byAddress(tx, address).flatMap(id -> People.byId(tx, id));
        if (step.credential() && person.isPresent() && !person.get().enabled()) {
            return new FlowEvent.SignInRefused(address, keep, Notice.ACCOUNT_DISABLED);
        }
        return new FlowEvent.AddressProved(person.map(Person::id).orElse(null), keep, tx.now());
    }
}
