package dev.usher.flow;

import dev.usher.client.Client;
import dev.usher.client.Clients;
import dev.usher.directory.People;
import dev.usher.directory.Person;
import dev.usher.directory.SignInAttempt;
import dev.usher.directory.SignIns;
import dev.usher.directory.SignUps;
import dev.usher.directory.SignUps.Stage;
import dev.usher.ids.Ids;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the sign-in and sign-up logs say of a journey, written together with its events. Sign-ins by
 * password are logged where the password is checked.
 */
final class JourneyLog {

    /** Entra's number for a second proof that failed. */
    private static final int CODE_FAILED = 500_121;

    private static final int NO_ACCOUNT = 50_034;
    private static final int DISABLED = 50_057;

    /** The numbers behind AADB2C. */
    private static final int CODE_NOT_VERIFIED = 90_159;

    private static final int INPUT_REFUSED = 90_158;
    private static final int NOT_SENT = 90_161;
    private static final int EXISTS = 99_001;

    private final Clients clients;
    private final SignIns signIns;
    private final SignUps signUps;

    JourneyLog(Clients clients, Ids ids) {
        this.clients = clients;
        this.signIns = new SignIns(ids);
        this.signUps = new SignUps(ids);
    }

    /** One row to come. */
    private record Row(int errorCode, String reason) {
        static final Row SUCCESS = new Row(0, "");
    }

    /** Who tries to sign in, for which application. */
    static SignInAttempt attempt(OnTheWay journey, Submission submission, Optional<Client> client) {
        return new SignInAttempt(
                journey.head().clientId(),
                client.map(Client::displayName).orElse(""),
                SignInAttempt.BROWSER,
                journey.head().correlationId(),
                submission.ipAddress(),
                submission.userAgent());
    }

    /** Logs what happened at the step where the journey stood. */
    void add(WriteTx tx, OnTheWay journey, Submission submission, FlowEvent event) {
        Optional<Client> client = clients.byAppId(tx, journey.head().clientId());
        SignInAttempt attempt = attempt(journey, submission, client);
        switch (journey.step()) {
            case Step.SignIn _ -> {}
            case Step.ProveAddress step when step.credential() ->
                    byCode(tx, attempt, step, journey.state().name(), event);
            case Step.ProveAddress _ -> proving(tx, attempt, journey.state().name(), event);
            case Step.Collect _ -> collecting(tx, attempt, journey.state().name(), event);
        }
    }

    /** Whoever has the address signs in; who is unknown may go on to sign up. */
    private void byCode(
            WriteTx tx,
            SignInAttempt attempt,
            Step.ProveAddress step,
            String address,
            FlowEvent event) {
        switch (event) {
            case FlowEvent.CodeRefused refused ->
                    signIn(tx, attempt, null, address, new Row(CODE_FAILED, reason(refused)));
            case FlowEvent.SignInRefused _ ->
                    signIn(
                            tx,
                            attempt,
                            null,
                            address,
                            new Row(DISABLED, "The account is disabled."));
            case FlowEvent.AddressProved(String userId, _, _) -> {
                if (userId != null) {
                    signIn(tx, attempt, userId, address, Row.SUCCESS);
                } else if (step.unknown() == null) {
                    signIn(
                            tx,
                            attempt,
                            null,
                            address,
                            new Row(NO_ACCOUNT, "Nobody has this address."));
                } else {
                    signUp(tx, attempt, address, Stage.CREDENTIAL_VALIDATION, Row.SUCCESS);
                }
            }
            default -> {}
        }
    }

    private void proving(WriteTx tx, SignInAttempt attempt, String address, FlowEvent event) {
        switch (event) {
            case FlowEvent.CodeSent(String to) ->
                    signUp(tx, attempt, to, Stage.CREDENTIAL_COLLECTION, Row.SUCCESS);
            case FlowEvent.CodeNotSent(String to, Notice notice) ->
                    signUp(
                            tx,
                            attempt,
                            to,
                            Stage.CREDENTIAL_COLLECTION,
                            new Row(NOT_SENT, "No code was sent: " + notice.name() + "."));
            case FlowEvent.CodeRefused refused ->
                    signUp(
                            tx,
                            attempt,
                            address,
                            Stage.CREDENTIAL_VALIDATION,
                            new Row(CODE_NOT_VERIFIED, reason(refused)));
            case FlowEvent.AddressProved(String userId, _, _) ->
                    signUp(
                            tx,
                            attempt,
                            address,
                            Stage.CREDENTIAL_VALIDATION,
                            userId == null ? Row.SUCCESS : exists());
            case FlowEvent.Stopped stopped ->
                    signUp(tx, attempt, address, Stage.CREDENTIAL_COLLECTION, row(stopped));
            default -> {}
        }
    }

    private void collecting(WriteTx tx, SignInAttempt attempt, String address, FlowEvent event) {
        switch (event) {
            case FlowEvent.InputRefused _ ->
                    signUp(
                            tx,
                            attempt,
                            address,
                            Stage.ATTRIBUTE_COLLECTION,
                            new Row(INPUT_REFUSED, "What was entered cannot be taken."));
            case FlowEvent.AccountExists _ ->
                    signUp(tx, attempt, address, Stage.USER_CREATION, exists());
            case FlowEvent.AccountCreated(String userId, _) -> {
                signUp(tx, attempt, address, Stage.ATTRIBUTE_COLLECTION, Row.SUCCESS);
                signUps.add(tx, attempt, userId, address, Stage.USER_CREATION, 0, "");
                signIn(tx, attempt, userId, address, Row.SUCCESS);
            }
            case FlowEvent.Stopped stopped ->
                    signUp(tx, attempt, address, Stage.ATTRIBUTE_COLLECTION, row(stopped));
            default -> {}
        }
    }

    private static Row exists() {
        return new Row(EXISTS, "There is an account with this name already.");
    }

    private static Row row(FlowEvent.Stopped stopped) {
        return new Row(stopped.code(), stopped.message());
    }

    private static String reason(FlowEvent.CodeRefused refused) {
        return "The code was not accepted: " + refused.notice().name() + ".";
    }

    private void signUp(WriteTx tx, SignInAttempt attempt, String address, Stage stage, Row row) {
        signUps.add(tx, attempt, null, address, stage, row.errorCode, row.reason);
    }

    private void signIn(
            WriteTx tx, SignInAttempt attempt, @Nullable String userId, String name, Row row) {
        signIns.add(tx, attempt, person(tx, userId), name, row.errorCode, row.reason);
    }

    private static @Nullable Person person(ReadTx tx, @Nullable String userId) {
        return userId == null ? null : People.byId(tx, userId).orElse(null);
    }
}
