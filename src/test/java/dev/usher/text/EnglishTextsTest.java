package dev.usher.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnglishTextsTest {

    @Test
    void readsPartsInTheirOrder() {
        EnglishTexts texts =
                EnglishTexts.parse(
                        List.of(
                                "# a remark",
                                "",
                                "a\tUxElement\t\tone\tOne, {0}",
                                "b\tUxElement\t\ttwo\tTwo",
                                "a\tClaimType\temail\tDisplayName\tThree"));
        assertThat(texts.part("a"))
                .containsExactly(
                        new EnglishTexts.Text("UxElement", null, "one", "One, {0}"),
                        new EnglishTexts.Text("ClaimType", "email", "DisplayName", "Three"));
        assertThatThrownBy(() -> texts.part("c")).hasMessageContaining("no part c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\tUxElement\tone\tOne", "a\tb\tc\td\t ", "a\tb\tc\td\te\tf"})
    void refusesALineThatIsNoText(String line) {
        assertThatThrownBy(() -> EnglishTexts.parse(List.of(line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(line);
    }
}
