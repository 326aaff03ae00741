package dev.usher.page;

import dev.usher.flow.Actions;
import dev.usher.flow.Field;
import dev.usher.flow.FieldNames;
import dev.usher.flow.FlowTexts;
import dev.usher.flow.Notice;
import dev.usher.flow.Screen;
import dev.usher.flow.Step;
import dev.usher.html.Content;
import dev.usher.html.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The form that asks for what a new account needs. */
final class CollectForm {

    private static final Step.PasswordBounds USUAL = new Step.PasswordBounds(8, 256, 3, false);
    private static final int YEARS_AHEAD = 10;
    private static final int YEARS_BACK = 120;

    Content.Form form(Screen screen, Step.Collect step, String action, Map<String, String> hidden) {
        FlowTexts.Shown texts = screen.texts();
        Focus focus = new Focus(screen.state().errors());
        List<Part> parts = new ArrayList<>();
        if (step.password() != null || step.fields().stream().anyMatch(Field::required)) {
            parts.add(
                    new Part.Sentence("required_note", "* " + texts.text("required_field"), false));
        }
        parts.add(
                new Part.Fixed(
                        FieldNames.NAME,
                        texts.text("logonIdentifier_email"),
                        screen.state().name()));
        Step.PasswordBounds bounds = step.password();
        if (bounds != null) {
            parts.add(password(screen, FieldNames.NEW_PASSWORD, bounds, focus));
            parts.add(password(screen, FieldNames.REPEATED_PASSWORD, null, focus));
        }
        step.fields().forEach(field -> parts.add(part(screen, field, focus)));
        parts.add(ScreenForms.main("continue", Actions.CONTINUE, texts.text("button_continue")));
        parts.add(ScreenForms.link("cancel", Actions.CANCEL, texts.text("button_cancel"), ""));
        return new Content.Form(action, hidden, alert(screen), texts.text("initial_intro"), parts);
    }

    /** The first field that is wrong gets the focus, else the first field. */
    private static final class Focus {
        private final Map<String, Notice> errors;
        private boolean given;

        Focus(Map<String, Notice> errors) {
            this.errors = errors;
        }

        boolean on(String field) {
            boolean here = !given && (errors.isEmpty() || errors.containsKey(field));
            given = given || here;
            return here;
        }
    }

    private static @Nullable String alert(Screen screen) {
        Map<String, Notice> errors = screen.state().errors();
        if (errors.isEmpty()) {
            return null;
        }
        boolean allMissing = errors.values().stream().allMatch(Notice.MISSING::equals);
        return screen.texts()
                .text(allMissing ? "error_requiredFieldMissing" : "error_fieldIncorrect");
    }

    private static Part.Input password(
            Screen screen, String name, Step.@Nullable PasswordBounds bounds, Focus focus) {
        FlowTexts.Shown texts = screen.texts();
        String label = texts.field(name, "DisplayName").orElse(name);
        Notice wrong = screen.state().errors().get(name);
        return new Part.Input(
                new Part.Label(
                        name,
                        label,
                        bounds == null ? null : help(texts, bounds),
                        wrong == null ? null : texts.notice(wrong, label),
                        true),
                "password",
                "",
                "new-password",
                null,
                2 * USUAL.maximum(),
                focus.on(name));
    }

    private static String help(FlowTexts.Shown texts, Step.PasswordBounds bounds) {
        if (bounds.equals(USUAL)) {
            return texts.field(FieldNames.NEW_PASSWORD, "PatternHelpText").orElse("");
        }
        String text = texts.text(bounds.digitsOnly() ? "password_digits" : "password_bounds");
        return text.replace("{0}", Integer.toString(bounds.minimum()))
                .replace("{1}", Integer.toString(bounds.maximum()))
                .replace("{2}", Integer.toString(bounds.classes()));
    }

    private static Part part(Screen screen, Field field, Focus focus) {
        FlowTexts.Shown texts = screen.texts();
        String text = texts.field(field.id(), "DisplayName").orElse(field.label());
        Notice wrong = screen.state().errors().get(field.element());
        String help = texts.field(field.id(), "UserHelpText").orElse(text);
        Part.Label label =
                new Part.Label(
                        field.element(),
                        text,
                        help.equals(text) ? null : help,
                        wrong == null ? null : texts.notice(wrong, text),
                        field.required());
        String entered = screen.state().values().get(field.element());
        boolean here = focus.on(field.element());
        return switch (field.input()) {
            case TEXT_BOX, EMAIL_BOX -> input(field, label, entered, here);
            case DROPDOWN_SINGLE_SELECT ->
                    new Part.Select(
                            label, options(screen, field, entered), texts.text("choose"), here);
            case RADIO_SINGLE_SELECT ->
                    new Part.Choices(label, false, options(screen, field, entered), here);
            case CHECKBOX_MULTI_SELECT ->
                    new Part.Choices(label, true, options(screen, field, entered), here);
            case DATE_TIME_DROPDOWN -> date(screen, label, entered, here);
        };
    }

    private static Part input(
            Field field, Part.Label label, @Nullable String entered, boolean focus) {
        boolean mail = field.input() == Field.Input.EMAIL_BOX;
        return new Part.Input(
                label,
                mail ? "email" : "text",
                entered == null ? "" : entered,
                Autofill.of(field.id()),
                field.dataType().equals("int64") ? "numeric" : null,
                2 * field.lengthMax(),
                focus);
    }

    private static List<Part.Option> options(Screen screen, Field field, @Nullable String entered) {
        Map<String, String> worded = screen.texts().choices(field.id());
        List<String> chosen = entered == null ? List.of() : List.of(entered.split(",", -1));
        return field.choices().stream()
                .map(choice -> {
                    String name = worded.getOrDefault(choice.value(), choice.name());
                    return new Part.Option(
                            choice.value(),
                            name.isEmpty() ? screen.texts().text("yes") : name,
                            entered == null ? choice.initial() : chosen.contains(choice.value()));
                })
                .toList();
    }

    private static Part date(
            Screen screen, Part.Label label, @Nullable String entered, boolean focus) {
        FlowTexts.Shown texts = screen.texts();
        String text = entered == null || entered.isEmpty() ? "--" : entered;
        String[] parts = text.split("-", 3);
        String[] months = texts.text("months").split(",", -1);
        IntStream years =
                IntStream.rangeClosed(-YEARS_AHEAD, YEARS_BACK).map(back -> screen.year() - back);
        return new Part.DateChoice(
                label,
                numbers(texts.text("day"), IntStream.rangeClosed(1, 31), parts[2]),
                new Part.DateChoice.Choice(
                        texts.text("month"),
                        IntStream.rangeClosed(1, Math.min(12, months.length))
                                .mapToObj(month ->
                                        new Part.Option(
                                                Integer.toString(month),
                                                months[month - 1].strip(),
                                                same(parts[1], month)))
                                .toList()),
                numbers(texts.text("year"), years, parts[0]),
                focus);
    }

    private static Part.DateChoice.Choice numbers(String text, IntStream numbers, String chosen) {
        return new Part.DateChoice.Choice(
                text,
                numbers.mapToObj(number ->
                                new Part.Option(
                                        Integer.toString(number),
                                        Integer.toString(number),
                                        same(chosen, number)))
                        .toList());
    }

    private static boolean same(String text, int number) {
        return text.matches("\\d{1,4}") && Integer.parseInt(text) == number;
    }
}
