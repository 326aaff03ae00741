package dev.usher.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyTest {

    private static byte[] sample() {
        byte[] bytes = new byte[MasterKey.LENGTH];
        Arrays.fill(bytes, (byte) 0xFB);
        return bytes;
    }

    @Test
    void readsHexAndBothAlphabetsOfBase64() {
        byte[] bytes = sample();
        for (String text :
                new String[] {
                    HexFormat.of().formatHex(bytes),
                    HexFormat.of().withUpperCase().formatHex(bytes) + "\n",
                    " " + Base64.getEncoder().encodeToString(bytes),
                    Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
                }) {
            assertThat(MasterKey.parse(text).key().getEncoded()).isEqualTo(bytes);
        }
    }

    @Test
    void readsAFileOfTextOrBytes(@TempDir Path folder) throws Exception {
        Path text =
                Files.writeString(
                        folder.resolve("text"), HexFormat.of().formatHex(sample()) + "\r\n");
        Path raw = Files.write(folder.resolve("raw"), sample());
        assertThat(MasterKey.read(text).key().getEncoded()).isEqualTo(sample());
        assertThat(MasterKey.read(raw).key().getEncoded()).isEqualTo(sample());
        Path huge = Files.write(folder.resolve("huge"), new byte[2000]);
        assertThatThrownBy(() -> MasterKey.read(huge)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hunter2", "c2hvcnQ=", "zz"})
    void refusesAnythingElseWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> MasterKey.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(
                        e -> assertThat(text.isEmpty() || !e.getMessage().contains(text)).isTrue());
    }

    @Test
    void doesNotPrintItself() {
        assertThat(MasterKey.of(sample())).hasToString("MasterKey");
    }
}
