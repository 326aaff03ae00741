package dev.usher.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.ids.Ids;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AesGcmSealerTest {

    private final Ids ids = new Ids(new Random(1));
    private final MasterKey key = MasterKey.of(ids.bytes(MasterKey.LENGTH));
    private final Sealer sealer = new AesGcmSealer(key, ids);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "pässwörd 🦊"})
    void opensWhatItSealed(String secret) {
        String sealed = sealer.seal("context", bytes(secret));
        assertThat(sealed).startsWith("sealed:1:").matches("[!-~]+");
        assertThat(sealer.open("context", sealed)).isEqualTo(bytes(secret));
    }

    @Test
    void sealsTheSameSecretDifferentlyEachTime() {
        assertThat(sealer.seal("c", bytes("s"))).isNotEqualTo(sealer.seal("c", bytes("s")));
    }

    @Test
    void refusesAnotherContextAndAnotherKey() {
        String sealed = sealer.seal("tenant|kind|a|secret", bytes("s"));
        assertThatThrownBy(() -> sealer.open("tenant|kind|b|secret", sealed))
                .isInstanceOf(IllegalStateException.class);
        Sealer other = new AesGcmSealer(MasterKey.of(ids.bytes(MasterKey.LENGTH)), ids);
        assertThatThrownBy(() -> other.open("tenant|kind|a|secret", sealed))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesEveryAlteredByte() {
        String sealed = sealer.seal("c", bytes("secret"));
        String marker = "sealed:1:";
        byte[] whole = Base64.getUrlDecoder().decode(sealed.substring(marker.length()));
        for (int i = 0; i < whole.length; i++) {
            byte[] altered = whole.clone();
            altered[i] ^= 1;
            String text = marker + Base64.getUrlEncoder().withoutPadding().encodeToString(altered);
            assertThatThrownBy(() -> sealer.open("c", text))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "sealed:1:", "sealed:1:AAAA", "sealed:1:%%", "sealed:2:AAAA", "clear"})
    void refusesWhatIsNotSealedText(String text) {
        assertThatThrownBy(() -> sealer.open("c", text)).isInstanceOf(IllegalStateException.class);
    }
}
