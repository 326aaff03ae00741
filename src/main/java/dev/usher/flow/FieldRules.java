package dev.usher.flow;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads what a person entered into the fields of a step, and says what cannot be taken. */
public final class FieldRules {

    /** A mail address, as browsers see one (HTML, valid e-mail address), and 254 characters. */
    private static final Pattern EMAIL =
            Pattern.compile(
                    "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
                            + "@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
                            + "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*");

    /** The longest mail address, in characters (RFC 5321 section 4.5.3.1.3). */
    public static final int EMAIL_MAX = 254;

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final String SEPARATOR = ",";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private FieldRules() {}

    /**
     * What the fields came to.
     *
     * @param entered as texts, to show them again
     * @param values as they are stored
     * @param errors by the field's name on the page
     */
    public record Read(
            Map<String, String> entered,
            Map<String, JsonNode> values,
            Map<String, Notice> errors) {}

    /** Whether the text is a mail address. */
    public static boolean email(String text) {
        return text.length() <= EMAIL_MAX && EMAIL.matcher(text).matches();
    }

    /** Reads every field. */
    public static Read read(List<Field> fields, Submission submission) {
        Map<String, String> entered = new LinkedHashMap<>();
        Map<String, JsonNode> values = new LinkedHashMap<>();
        Map<String, Notice> errors = new LinkedHashMap<>();
        for (Field field : fields) {
            String text = text(field, submission);
            entered.put(field.element(), text);
            if (text.isEmpty()) {
                if (field.required()) {
                    errors.put(field.element(), Notice.MISSING);
                }
                continue;
            }
            Optional<JsonNode> value = value(field, text);
            value.ifPresent(read -> values.put(field.id(), read));
            if (value.isEmpty()) {
                errors.put(field.element(), Notice.PATTERN);
            } else if (!matches(field, text)) {
                errors.put(field.element(), Notice.PATTERN);
            } else if (text.codePointCount(0, text.length()) > field.lengthMax()
                    || CONTROL.matcher(text).find()
                    || markup(field, text)) {
                errors.put(field.element(), Notice.INVALID);
            }
        }
        return new Read(entered, values, errors);
    }

    /** In time linear to the text (RE2). */
    private static boolean matches(Field field, String text) {
        String pattern = field.pattern();
        return pattern == null || com.google.re2j.Pattern.matches(pattern, text);
    }

    private static boolean markup(Field field, String text) {
        return field.id().equals("displayName") && (text.contains("<") || text.contains(">"));
    }

    /** One text for each field: several choices joined by comma, a date as {@code yyyy-MM-dd}. */
    private static String text(Field field, Submission submission) {
        String name = field.element();
        return switch (field.input()) {
            case CHECKBOX_MULTI_SELECT -> {
                List<String> chosen = new ArrayList<>(submission.all(name));
                chosen.removeIf(String::isEmpty);
                yield String.join(SEPARATOR, chosen);
            }
            case DATE_TIME_DROPDOWN -> date(name, submission);
            default -> submission.text(name).strip();
        };
    }

    private static String date(String name, Submission submission) {
        String day = submission.text(name + "_day").strip();
        String month = submission.text(name + "_month").strip();
        String year = submission.text(name + "_year").strip();
        if (day.isEmpty() && month.isEmpty() && year.isEmpty()) {
            return "";
        }
        return year + "-" + two(month) + "-" + two(day);
    }

    private static String two(String number) {
        return number.length() == 1 ? "0" + number : number;
    }

    private static Optional<JsonNode> value(Field field, String text) {
        if (field.input().offersChoice() && !chosen(field, text)) {
            return Optional.empty();
        }
        if (field.input() == Field.Input.EMAIL_BOX && !email(text)) {
            return Optional.empty();
        }
        if (field.input() == Field.Input.DATE_TIME_DROPDOWN && parsed(text).isEmpty()) {
            return Optional.empty();
        }
        return switch (field.dataType()) {
            case "boolean" -> truth(text);
            case "int64" -> number(text);
            case "stringCollection" -> {
                ArrayNode all = NODES.arrayNode();
                List.of(text.split(SEPARATOR, -1)).forEach(all::add);
                yield Optional.of(all);
            }
            case "dateTime" -> parsed(text).map(date -> NODES.stringNode(date + "T00:00:00Z"));
            default -> Optional.of(NODES.stringNode(text));
        };
    }

    /** A choice that was not offered is none. */
    private static boolean chosen(Field field, String text) {
        List<String> offered = field.choices().stream().map(Field.Choice::value).toList();
        return field.input() == Field.Input.CHECKBOX_MULTI_SELECT
                ? offered.containsAll(List.of(text.split(SEPARATOR, -1)))
                : offered.contains(text);
    }

    private static Optional<LocalDate> parsed(String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            return date.getYear() >= 1 && date.getYear() <= 9999
                    ? Optional.of(date)
                    : Optional.empty();
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> truth(String text) {
        return switch (text) {
            case "true" -> Optional.of(NODES.booleanNode(true));
            case "false" -> Optional.of(NODES.booleanNode(false));
            default -> Optional.empty();
        };
    }

    private static Optional<JsonNode> number(String text) {
        try {
            return Optional.of(NODES.numberNode(Long.parseLong(text)));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }
}
