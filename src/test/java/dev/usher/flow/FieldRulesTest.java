package dev.usher.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FieldRulesTest {

    private static Field field(String id, Field.Input input, String type, String... choices) {
        List<Field.Choice> offered = new ArrayList<>();
        for (String choice : choices) {
            offered.add(new Field.Choice(choice, choice, false));
        }
        return new Field(id, id, id, input, type, true, 10, offered, null);
    }

    private static FieldRules.Read read(Field field, String... namesAndValues) {
        Map<String, List<String>> fields = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.computeIfAbsent(namesAndValues[i], _ -> new ArrayList<>())
                    .add(namesAndValues[i + 1]);
        }
        return FieldRules.read(
                List.of(field), new Submission(0, "continue", fields, "127.0.0.1", "", "id"));
    }

    private static String value(Field field, String... namesAndValues) {
        FieldRules.Read read = read(field, namesAndValues);
        assertThat(read.errors()).isEmpty();
        JsonNode value = read.values().get(field.id());
        return value == null ? "" : value.toString();
    }

    private static Notice error(Field field, String... namesAndValues) {
        return read(field, namesAndValues).errors().get(field.id());
    }

    @ParameterizedTest
    @CsvSource({
        "TEXT_BOX, string, ' Oslo ', '\"Oslo\"'",
        "TEXT_BOX, int64, -12, -12",
        "EMAIL_BOX, string, a@b.io, '\"a@b.io\"'",
        "RADIO_SINGLE_SELECT, boolean, true, true",
        "DROPDOWN_SINGLE_SELECT, int64, 7, 7"
    })
    void anAnswerIsKeptAsItsType(Field.Input input, String type, String entered, String stored) {
        assertThat(value(field("f", input, type, "true", "7"), "f", entered)).isEqualTo(stored);
    }

    @ParameterizedTest
    @CsvSource({
        "TEXT_BOX, int64, 1.5",
        "TEXT_BOX, int64, 99999999999999999999",
        "EMAIL_BOX, string, nobody",
        "RADIO_SINGLE_SELECT, string, other",
        "RADIO_SINGLE_SELECT, boolean, maybe",
        "CHECKBOX_MULTI_SELECT, string, 'true,other'"
    })
    void whatFitsNoTypeIsNotTaken(Field.Input input, String type, String entered) {
        Field field = field("f", input, type, "true", "maybe");
        assertThat(error(field, "f", entered)).isEqualTo(Notice.PATTERN);
    }

    @Test
    void severalChoicesAreOneTextOrACollection() {
        Field one = field("f", Field.Input.CHECKBOX_MULTI_SELECT, "string", "a", "b", "c");
        assertThat(value(one, "f", "a", "f", "c")).isEqualTo("\"a,c\"");
        Field all = field("f", Field.Input.CHECKBOX_MULTI_SELECT, "stringCollection", "a", "b");
        assertThat(value(all, "f", "a", "f", "b")).isEqualTo("[\"a\",\"b\"]");
    }

    @Test
    void aDateIsOneThatThereIs() {
        Field text = field("f", Field.Input.DATE_TIME_DROPDOWN, "string");
        assertThat(value(text, "f_day", "3", "f_month", "2", "f_year", "2001"))
                .isEqualTo("\"2001-02-03\"");
        Field date = field("f", Field.Input.DATE_TIME_DROPDOWN, "dateTime");
        assertThat(value(date, "f_day", "29", "f_month", "2", "f_year", "2024"))
                .isEqualTo("\"2024-02-29T00:00:00Z\"");
        assertThat(error(date, "f_day", "29", "f_month", "2", "f_year", "2023"))
                .isEqualTo(Notice.PATTERN);
        assertThat(error(date, "f_day", "29")).isEqualTo(Notice.PATTERN);
        assertThat(error(date)).isEqualTo(Notice.MISSING);
    }

    @Test
    void lengthMarkupAndControlCharactersAreBounded() {
        Field name = field("displayName", Field.Input.TEXT_BOX, "string");
        assertThat(error(name, "displayName", "12345678901")).isEqualTo(Notice.INVALID);
        assertThat(error(name, "displayName", "a<b")).isEqualTo(Notice.INVALID);
        assertThat(error(name, "displayName", "a\u0007b")).isEqualTo(Notice.INVALID);
        assertThat(value(name, "displayName", "😀😀😀😀😀😀😀😀😀😀")).contains("😀");
        assertThat(error(name, "displayName", "  ")).isEqualTo(Notice.MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "a.b+c@d-e.example", "O'Hara@example.com"})
    void addresses(String address) {
        assertThat(FieldRules.email(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "a@", "@b", "a b@c", "a@b..c", "a@-b", "a@b\r\nBcc: c@d", "ä@b.c"})
    void noAddresses(String address) {
        assertThat(FieldRules.email(address)).isFalse();
        assertThat(FieldRules.email("a@" + "b".repeat(300))).isFalse();
    }
}
