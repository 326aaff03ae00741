package dev.usher.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnTextsTest {

    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    private final OwnTexts texts = OwnTexts.load();

    @ParameterizedTest
    @CsvSource({
        "de, Zurück zur Anwendung",
        "DE-at, Zurück zur Anwendung",
        "pt-BR, Voltar ao aplicativo",
        "pt-pt, Back to the application",
        "zh-hans-cn, Back to the application",
        "'', Back to the application"
    })
    void theLanguageElseTheOneItBeginsWithElseEnglish(String tag, String text) {
        assertThat(texts.text(tag, "runtime", "back_link")).isEqualTo(text);
    }

    @Test
    void everyLanguageSaysAllThatOneOfThemSays() {
        List<String> ids =
                List.of(
                        "mail subject",
                        "mail intro",
                        "mail note",
                        "runtime back_link",
                        "runtime expired_heading",
                        "runtime expired_text",
                        "runtime closed_heading",
                        "runtime closed_text",
                        "runtime unknown_heading",
                        "runtime unknown_text",
                        "runtime garbled_heading",
                        "runtime garbled_text",
                        "runtime on_link",
                        "runtime throttled_heading",
                        "runtime throttled_text");
        assertThat(texts.languages()).isNotEmpty();
        for (String id : ids) {
            String[] name = id.split(" ");
            String english = texts.text("en", name[0], name[1]);
            for (String language : texts.languages()) {
                String text = texts.text(language, name[0], name[1]);
                assertThat(text).as("%s %s", language, id).isNotEqualTo(english);
                assertThat(places(text)).as("%s %s", language, id).isEqualTo(places(english));
            }
        }
    }

    private static TreeSet<String> places(String text) {
        return new TreeSet<>(PLACE.matcher(text).results().map(MatchResult::group).toList());
    }

    @Test
    void thereIsNoSuchText() {
        assertThatThrownBy(() -> texts.text("de", "runtime", "nothing"))
                .hasMessageContaining("no text runtime nothing");
    }
}
