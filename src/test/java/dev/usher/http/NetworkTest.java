package dev.usher.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses count as one. */
class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 20010db800010002",
        "2001:db8:1:2::1, 20010db800010002",
        "[2001:db8:1:2::9], 20010db800010002",
        "2001:db8:1:3::1, 20010db800010003",
        "nobody knows, unknown",
    })
    void halfOfAnAddressOfVersion6(String address, String network) {
        assertThat(Network.of(address)).isEqualTo(network);
    }
}
