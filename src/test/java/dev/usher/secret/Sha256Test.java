package dev.usher.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Sha256Test {

    /** The example of FIPS 180-4 for "abc". */
    @Test
    void hashesAsTheStandardSays() {
        assertThat(Sha256.hex("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Sha256.base64url("abc"))
                .isEqualTo("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
    }

    @Test
    void comparesWholeHashes() {
        assertThat(Sha256.equal(Sha256.hex("a"), Sha256.hex("a"))).isTrue();
        assertThat(Sha256.equal(Sha256.hex("a"), Sha256.hex("b"))).isFalse();
        assertThat(Sha256.equal("a", "ab")).isFalse();
    }
}
