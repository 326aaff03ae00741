package dev.usher.page;

import dev.usher.flow.Actions;
import dev.usher.flow.FieldNames;
import dev.usher.flow.Rehearsal;
import dev.usher.flow.Rehearsal.Persona;
import dev.usher.flow.Screen;
import dev.usher.flow.Step;
import dev.usher.html.Part;
import dev.usher.ids.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link Rehearsal} adds below a form. A press on a persona's button is what that person
 * would have typed: the button names them, and their password never leaves the server.
 */
final class Aids {

    private static final String BLANK = " ";

    private final Rehearsal rehearsal;

    Aids(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
    }

    List<Part> of(TenantId tenant, Screen screen) {
        return switch (screen.step()) {
            case Step.SignIn _ -> personas(tenant, Actions.SIGN_IN, "Sign in as ");
            case Step.ProveAddress _ when screen.state().codeSent() ->
                    rehearsal.mailbox(tenant, screen.state().name()).stream()
                            .<Part>map(path -> new Part.Way("mailbox", "Read the mail", path))
                            .toList();
            case Step.ProveAddress step ->
                    step.credential()
                            ? personas(tenant, Actions.SEND, "Send a code to ")
                            : List.of();
            case Step.Collect _ -> List.of();
        };
    }

    private List<Part> personas(TenantId tenant, String action, String lead) {
        List<Part> buttons = new ArrayList<>();
        for (Persona persona : rehearsal.personas(tenant)) {
            buttons.add(
                    new Part.Action(
                            "persona_" + (buttons.size() + 1),
                            action + BLANK + persona.email(),
                            lead + persona.name(),
                            Part.Look.SECOND,
                            ""));
        }
        return buttons;
    }

    /** The fields as the persona whose button was pressed would have sent them. */
    Map<String, List<String>> typed(TenantId tenant, Map<String, List<String>> fields) {
        String[] pressed =
                fields.getOrDefault(JourneyPages.ACTION, List.of("")).getFirst().split(BLANK, 2);
        if (pressed.length < 2) {
            return fields;
        }
        return rehearsal.personas(tenant).stream()
                .filter(persona -> persona.email().equals(pressed[1]))
                .findFirst()
                .map(persona -> {
                    Map<String, List<String>> typed = new HashMap<>(fields);
                    typed.put(JourneyPages.ACTION, List.of(pressed[0]));
                    typed.put(FieldNames.NAME, List.of(persona.email()));
                    typed.put(FieldNames.PASSWORD, List.of(persona.password()));
                    return typed;
                })
                .orElse(fields);
    }
}
