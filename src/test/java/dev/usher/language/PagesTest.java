package dev.usher.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.text.EnglishTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every page's texts, as our data give them. */
class PagesTest {

    private static final Set<String> TYPES = Set.of("UxElement", "ClaimType", "ErrorMessage");
    private static final Pattern STRAY_BRACE = Pattern.compile("\\{(?!\\d})|(?<!\\{\\d)}");

    private final EnglishTexts texts = EnglishTexts.load();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b2x",
                "signUp",
                "signIn",
                "signUpOrSignIn",
                "passwordReset",
                "profileUpdate"
            })
    void noTextComesTwiceOnAPage(String set) {
        List<String> keys = new ArrayList<>();
        for (Pages.Page page : Pages.of(set)) {
            Set<String> triples = new TreeSet<>();
            for (String part : page.parts()) {
                for (EnglishTexts.Text text : texts.part(part)) {
                    String triple =
                            text.elementType() + "/" + text.elementId() + "/" + text.stringId();
                    assertThat(triples.add(triple)).as("%s: %s", page.id(), triple).isTrue();
                    assertThat(TYPES).contains(text.elementType());
                    assertThat(text.value()).doesNotContainPattern(STRAY_BRACE);
                }
            }
            assertThat(triples).as(page.id()).contains("UxElement/null/heading");
            keys.add(page.id());
        }
        assertThat(keys).isNotEmpty().isSorted().doesNotHaveDuplicates();
    }
}
