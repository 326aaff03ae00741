package dev.usher.flow;

import dev.usher.client.Clients;
import dev.usher.directory.PasswordHasher;
import dev.usher.directory.PasswordSignIn;
import dev.usher.directory.SignInAttempt;
import dev.usher.store.Actor;
import dev.usher.tenant.Tenant;
import dev.usher.tenant.Tenants;
import dev.usher.time.Clock;

/** A name and a password. */
final class SignInHandler implements StepHandler<Step.SignIn> {

    private final PasswordSignIn signIn;
    private final Tenants tenants;
    private final Clients clients;
    private final Clock clock;

    SignInHandler(PasswordSignIn signIn, Tenants tenants, Clients clients, Clock clock) {
        this.signIn = signIn;
        this.tenants = tenants;
        this.clients = clients;
        this.clock = clock;
    }

    @Override
    public Effect handle(OnTheWay journey, Step.SignIn step, Submission submission) {
        String signUp = step.signUp();
        String code = step.code();
        return switch (submission.action()) {
            case Actions.SIGN_IN -> Effect.of(check(journey, step, submission));
            case Actions.SIGN_UP ->
                    signUp == null ? Effect.nothing() : Effect.of(new FlowEvent.Moved(signUp));
            case Actions.CODE ->
                    code == null ? Effect.nothing() : Effect.of(new FlowEvent.Moved(code));
            case Actions.FORGOT ->
                    step.forgotPassword()
                            ? Effect.of(
                                    new FlowEvent.Stopped(
                                            "access_denied",
                                            90118,
                                            "The user has forgotten their password."))
                            : Effect.nothing();
            default -> Effect.nothing();
        };
    }

    private FlowEvent check(OnTheWay journey, Step.SignIn step, Submission submission) {
        String name = submission.text(FieldNames.NAME).strip();
        String password = submission.text(FieldNames.PASSWORD);
        boolean keep = step.keepSignedIn() && submission.ticked(FieldNames.KEEP);
        if (name.isEmpty() || name.length() > FieldRules.EMAIL_MAX) {
            return new FlowEvent.SignInRefused("", keep, Notice.NO_EMAIL);
        }
        if (password.isEmpty()) {
            return new FlowEvent.SignInRefused(name, keep, Notice.NO_PASSWORD);
        }
        Tenant tenant = tenants.find(journey.tenant()).orElseThrow();
        SignInAttempt attempt =
                JourneyLog.attempt(
                        journey,
                        submission,
                        clients.byAppId(journey.tenant(), journey.head().clientId()));
        Actor actor = new Actor(journey.head().clientId(), null, submission.requestId());
        try {
            return switch (signIn.signIn(tenant, actor, attempt, name, password)) {
                case PasswordSignIn.Result.SignedIn(var person) ->
                        new FlowEvent.SignedIn(person.id(), keep, clock.now(tenant.id()));
                case PasswordSignIn.Result.Refused(var failure) ->
                        new FlowEvent.SignInRefused(name, keep, notice(failure));
            };
        } catch (PasswordHasher.Busy busy) {
            return new FlowEvent.SignInRefused(name, keep, Notice.BUSY);
        }
    }

    private static Notice notice(PasswordSignIn.Failure failure) {
        return switch (failure) {
            case WRONG -> Notice.WRONG_PASSWORD;
            case LOCKED -> Notice.ACCOUNT_LOCKED;
            case DISABLED -> Notice.ACCOUNT_DISABLED;
            case MUST_CHANGE -> Notice.MUST_CHANGE_PASSWORD;
        };
    }
}
