package dev.usher.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.ids.Ids;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHasherTest {

    private static final Argon2Cost SMALL = new Argon2Cost(64, 2, 1);

    private final Ids ids = new Ids(new Random(7));
    private final PasswordHasher hasher = new PasswordHasher(SMALL, 1, ids);

    @Test
    void aHashIsRecognizedAndAnotherPasswordIsNot() {
        String hash = hasher.hash("correct horse Battery 1");

        assertThat(hash).startsWith("$argon2id$v=19$m=64,t=2,p=1$");
        assertThat(PasswordHasher.known(hash)).isTrue();
        assertThat(hasher.verify("correct horse Battery 1", hash)).isTrue();
        assertThat(hasher.verify("correct horse battery 1", hash)).isFalse();
        assertThat(hasher.hash("correct horse Battery 1")).isNotEqualTo(hash);
    }

    @Test
    void theLibraryAndItsFallbackGiveTheSame() {
        PasswordHasher portable = new PasswordHasher(Argon2.portable(), SMALL, 1, ids);

        assertThat(portable.verify("geheim", hasher.hash("geheim"))).isTrue();
        assertThat(hasher.verify("geheim", portable.hash("geheim"))).isTrue();
    }

    @Test
    void parametersOfYesterdayAreOutdated() {
        String old = new PasswordHasher(new Argon2Cost(32, 1, 1), 1, ids).hash("x");

        assertThat(hasher.verify("x", old)).isTrue();
        assertThat(hasher.outdated(old)).isTrue();
        assertThat(hasher.outdated(hasher.hash("x"))).isFalse();
    }

    /** Made by other programs of the word "password". */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=",
                "{SHA256}XohImNooBHFR0OVvjcYpJ3NgPQ1qq73WKhHvch0VQtg=",
                "{SSHA512}dUIpFIgjTgPVwsyDKq93RJtl/ZLWAh3tEb36pRtWX0es990ophOK19btSi7Vf/xHGdsEI8xD"
                        + "qTEffAjvLuleVHBlcHBlcg==",
                "$pbkdf2-sha256$1$c2FsdA$Eg+2z/z4syxD5yJSVsT4N6hlSMkszDVICAWYfLcL4Xs",
                "$pbkdf2-sha512$1000$c2FsdA$r+bFUweFtsxrHGRTOEcxvV7kMu5Un9QvtmlXea2KHFv1neacSPd0"
                        + "78QAfVKY+QM8AkHVq2kwXntk7O642DTP7A",
                "$scrypt$ln=4,r=2,p=1$c2FsdA$NUJ4TjpnKfytPoMazeBlk1hjrFndx33caQQ7tV8aiDc",
                "$2b$04$abcdefghijklmnopqrstuughE8Ev8uGFaUgY2cNEySvxngrb/Jzdm"
            })
    void hashesOfOtherSystemsAreChecked(String hash) {
        assertThat(PasswordHasher.known(hash)).isTrue();
        assertThat(hasher.verify("password", hash)).isTrue();
        assertThat(hasher.verify("Password", hash)).isFalse();
        assertThat(hasher.outdated(hash)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "password",
                "$2b$31$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ012345",
                "$pbkdf2-sha256$99999999$c2FsdA$Eg+2z/z4syxD5yJSVsTvdTMTw5EAgO/M77h2I0O3lNk",
                "$argon2id$v=19$m=9999999,t=2,p=1$c2FsdHNhbHRzYWx0$c2FsdHNhbHRzYWx0c2FsdHNhbHQ",
                "{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9gAAAA="
            })
    void whatIsUnknownOrTooDearIsNotTaken(String hash) {
        assertThat(PasswordHasher.known(hash)).isFalse();
        assertThat(hasher.verify("password", hash)).isFalse();
    }

    @Test
    void aStrongPasswordHasThreeOfFourClasses() {
        assertThat(PasswordRule.strong("Abcdefg1")).isTrue();
        assertThat(PasswordRule.strong("abcdefg1")).isFalse();
        assertThat(PasswordRule.strong("Abcde1!")).isFalse();
        assertThat(PasswordRule.possible("a".repeat(257))).isFalse();
    }
}
