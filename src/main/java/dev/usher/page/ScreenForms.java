package dev.usher.page;

import dev.usher.flow.Actions;
import dev.usher.flow.FieldNames;
import dev.usher.flow.FieldRules;
import dev.usher.flow.FlowTexts;
import dev.usher.flow.JourneyState;
import dev.usher.flow.Notice;
import dev.usher.flow.Screen;
import dev.usher.flow.Step;
import dev.usher.html.Content;
import dev.usher.html.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the screen of each kind of step into a form. */
final class ScreenForms {

    private static final int CODE_MAX = 16;

    /** What is wrong with the name or address itself. */
    private static final Set<Notice> ABOUT_NAME =
            Set.of(Notice.NO_EMAIL, Notice.INVALID_EMAIL, Notice.NO_ACCOUNT);

    private static final Set<Notice> ABOUT_CODE =
            Set.of(Notice.CODE_FORMAT, Notice.CODE_WRONG, Notice.CODE_SPOILED, Notice.CODE_EXPIRED);

    private final CollectForm collect = new CollectForm();

    String heading(Screen screen) {
        FlowTexts.Shown texts = screen.texts();
        return switch (screen.step()) {
            case Step.SignIn _, Step.Collect _ -> texts.text("heading");
            case Step.ProveAddress step ->
                    screen.state().codeSent()
                            ? texts.text("verify_heading")
                            : !step.credential()
                                    ? texts.text("heading")
                                    : texts.text(
                                            step.unknown() == null
                                                    ? "code_heading"
                                                    : "code_or_new_heading");
        };
    }

    Content.Form form(Screen screen, String action, Map<String, String> hidden) {
        return switch (screen.step()) {
            case Step.SignIn step -> signIn(screen, step, action, hidden);
            case Step.ProveAddress step ->
                    screen.state().codeSent()
                            ? code(screen, step, action, hidden)
                            : address(screen, step, action, hidden);
            case Step.Collect step -> collect.form(screen, step, action, hidden);
        };
    }

    /** What the form as a whole has to say, unless it is about one of its fields. */
    private static @Nullable String alert(Screen screen, Set<Notice> ofFields) {
        Notice notice = screen.state().notice();
        return notice == null || ofFields.contains(notice)
                ? null
                : screen.texts().notice(notice, "");
    }

    private static @Nullable String error(Screen screen, Set<Notice> ofField) {
        Notice notice = screen.state().notice();
        return notice == null || !ofField.contains(notice)
                ? null
                : screen.texts().notice(notice, "");
    }

    private static Content.Form signIn(
            Screen screen, Step.SignIn step, String action, Map<String, String> hidden) {
        FlowTexts.Shown texts = screen.texts();
        List<Part> parts = credentials(screen, step.userName());
        if (step.forgotPassword()) {
            parts.add(
                    link("forgotPassword", Actions.FORGOT, texts.text("forgotpassword_link"), ""));
        }
        if (step.keepSignedIn()) {
            parts.add(
                    new Part.Tick(
                            FieldNames.KEEP, texts.text("remember_me"), screen.state().keep()));
        }
        parts.add(main("next", Actions.SIGN_IN, texts.text("button_signin")));
        if (step.code() != null) {
            parts.add(link("useCode", Actions.CODE, texts.text("but_code"), ""));
        }
        if (step.signUp() != null) {
            parts.add(
                    link(
                            "createAccount",
                            Actions.SIGN_UP,
                            texts.text("createaccount_one_link"),
                            texts.text("createaccount_intro")));
        }
        parts.add(link("cancel", Actions.CANCEL, texts.text("button_cancel"), ""));
        return new Content.Form(
                action,
                hidden,
                alert(screen, with(ABOUT_NAME, Notice.NO_PASSWORD)),
                texts.text(step.userName() ? "local_intro_username" : "local_intro_email"),
                parts);
    }

    /** The name and the password; the focus is on whichever is to be entered next. */
    private static List<Part> credentials(Screen screen, boolean userName) {
        FlowTexts.Shown texts = screen.texts();
        JourneyState state = screen.state();
        String nameError = error(screen, ABOUT_NAME);
        boolean nameFirst = state.name().isEmpty() || nameError != null;
        List<Part> parts = new ArrayList<>();
        parts.add(
                new Part.Input(
                        new Part.Label(
                                FieldNames.NAME,
                                texts.text(
                                        userName
                                                ? "logonIdentifier_username"
                                                : "logonIdentifier_email"),
                                null,
                                nameError,
                                false),
                        "text",
                        state.name(),
                        "username",
                        userName ? "text" : "email",
                        FieldRules.EMAIL_MAX,
                        nameFirst));
        parts.add(
                new Part.Input(
                        new Part.Label(
                                FieldNames.PASSWORD,
                                texts.text("password"),
                                null,
                                error(screen, Set.of(Notice.NO_PASSWORD)),
                                false),
                        "password",
                        "",
                        "current-password",
                        null,
                        FieldRules.EMAIL_MAX * 2,
                        !nameFirst));
        return parts;
    }

    private static Set<Notice> with(Set<Notice> some, Notice more) {
        Set<Notice> all = new HashSet<>(some);
        all.add(more);
        return all;
    }

    private static Content.Form address(
            Screen screen, Step.ProveAddress step, String action, Map<String, String> hidden) {
        FlowTexts.Shown texts = screen.texts();
        List<Part> parts = new ArrayList<>();
        parts.add(
                new Part.Input(
                        new Part.Label(
                                FieldNames.NAME,
                                texts.text("logonIdentifier_email"),
                                null,
                                error(screen, ABOUT_NAME),
                                false),
                        "email",
                        screen.state().name(),
                        "email",
                        null,
                        FieldRules.EMAIL_MAX,
                        true));
        parts.add(main("email_ver_but_send", Actions.SEND, texts.text("ver_but_send")));
        if (step.password() != null) {
            boolean other = step.credential();
            parts.add(
                    link(
                            other ? "usePassword" : "signIn",
                            Actions.PASSWORD,
                            texts.text(other ? "but_password" : "but_signin"),
                            other ? "" : texts.text("have_account")));
        }
        parts.add(link("cancel", Actions.CANCEL, texts.text("button_cancel"), ""));
        return new Content.Form(
                action, hidden, alert(screen, ABOUT_NAME), texts.text("ver_intro_msg"), parts);
    }

    private static Content.Form code(
            Screen screen, Step.ProveAddress step, String action, Map<String, String> hidden) {
        FlowTexts.Shown texts = screen.texts();
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Fixed(FieldNames.NAME, texts.text("ver_sent"), screen.state().name()));
        parts.add(
                new Part.Input(
                        new Part.Label(
                                FieldNames.CODE,
                                texts.text("ver_input"),
                                null,
                                error(screen, ABOUT_CODE),
                                false),
                        "text",
                        "",
                        "one-time-code",
                        "numeric",
                        CODE_MAX,
                        true));
        if (step.keepSignedIn()) {
            parts.add(
                    new Part.Tick(
                            FieldNames.KEEP, texts.text("remember_me"), screen.state().keep()));
        }
        parts.add(main("email_ver_but_verify", Actions.VERIFY, texts.text("ver_but_verify")));
        parts.add(link("email_ver_but_resend", Actions.RESEND, texts.text("ver_but_resend"), ""));
        parts.add(link("email_ver_but_edit", Actions.CHANGE, texts.text("ver_but_edit"), ""));
        parts.add(link("cancel", Actions.CANCEL, texts.text("button_cancel"), ""));
        return new Content.Form(
                action, hidden, alert(screen, ABOUT_CODE), texts.text("ver_info_msg"), parts);
    }

    static Part main(String id, String value, String text) {
        return new Part.Action(id, value, text, Part.Look.MAIN, "");
    }

    static Part link(String id, String value, String text, String lead) {
        return new Part.Action(id, value, text, Part.Look.LINK, lead);
    }
}
