package dev.usher.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.text.EnglishTexts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlowTextsTest {

    /** What only one kind of step can have to say. */
    private static final Map<Class<? extends Step>, Set<Notice>> OWN =
            Map.of(
                    Step.SignIn.class,
                            Set.of(
                                    Notice.WRONG_PASSWORD,
                                    Notice.ACCOUNT_LOCKED,
                                    Notice.ACCOUNT_DISABLED,
                                    Notice.MUST_CHANGE_PASSWORD,
                                    Notice.BUSY,
                                    Notice.NO_EMAIL,
                                    Notice.NO_PASSWORD),
                    Step.ProveAddress.class,
                            Set.of(
                                    Notice.NO_EMAIL,
                                    Notice.INVALID_EMAIL,
                                    Notice.THROTTLED,
                                    Notice.CODE_FORMAT,
                                    Notice.CODE_WRONG,
                                    Notice.CODE_SPOILED,
                                    Notice.CODE_EXPIRED,
                                    Notice.ACCOUNT_EXISTS,
                                    Notice.ACCOUNT_DISABLED,
                                    Notice.NO_ACCOUNT),
                    Step.Collect.class,
                            Set.of(
                                    Notice.MISSING,
                                    Notice.NAME_TAKEN,
                                    Notice.PATTERN,
                                    Notice.INVALID,
                                    Notice.BUSY,
                                    Notice.NO_PASSWORD,
                                    Notice.PASSWORD_WEAK,
                                    Notice.PASSWORDS_DIFFER));

    @Test
    void everyNoticeIsWordedWhereItCanBeGiven() {
        OWN.forEach((step, notices) -> {
            FlowTexts.Shown texts =
                    new FlowTexts.Shown(null, FlowTexts.english(EnglishTexts.load(), step));
            for (Notice notice : notices) {
                assertThat(texts.notice(notice, "City"))
                        .as("%s at %s", notice, step)
                        .contains(" ")
                        .doesNotContain("{0}");
            }
        });
        assertThat(OWN.values().stream().flatMap(Set::stream).distinct().toList())
                .containsExactlyInAnyOrderElementsOf(List.of(Notice.values()));
    }
}
