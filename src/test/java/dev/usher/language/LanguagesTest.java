package dev.usher.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {

    @Test
    void thirtySixAreBuiltIn() {
        assertThat(Languages.builtInTags())
                .hasSize(36)
                .isSorted()
                .doesNotHaveDuplicates()
                .allSatisfy(tag -> {
                    assertThat(Languages.canonical(tag)).contains(tag);
                    assertThat(Languages.displayName(tag)).isNotBlank().isNotEqualTo(tag);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "DE,de,Deutsch",
        "PT-br,pt-br,Português (Brasil)",
        "es-es,es-ES,Spanish (Spain)",
        "ar,ar,Arabic",
        "es-419,es-419,Spanish (Latin America)",
        "sr-latn-rs,sr-Latn-RS,'Serbian (Latin, Serbia)'",
        "zz,,",
        "es-QX,,",
        "de-DE-1996,,",
        "en-u-ca-buddhist,,",
        "x-twain,,",
        "de_DE,,",
        "iw,,",
        "IN-id,,",
        "'',,"
    })
    void tagsHaveAUsualSpellingAndAName(String tag, String usual, String name) {
        assertThat(Languages.canonical(tag).orElse(null)).isEqualTo(usual);
        if (usual != null) {
            assertThat(Languages.displayName(usual)).isEqualTo(name);
        }
    }

    @ParameterizedTest
    @CsvSource({"iw,he", "in,id", "ji,yi", "IW-IL,he-IL", "he,", "id,", "de,", "zz,"})
    void anOldTagIsNoneButNamesItsSuccessor(String tag, String now) {
        assertThat(Languages.replacement(tag).orElse(null)).isEqualTo(now);
    }
}
