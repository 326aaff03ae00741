package dev.usher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRulesTest {

    private static boolean allowed(AddressRules rules, String address) {
        return !rules.allowed("host.example", List.of(InetAddress.ofLiteral(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "ff02::1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::1",
                "2001:db8::1"
            })
    void privateAndSpecialAddressesAreRefused(String address) {
        assertThat(allowed(AddressRules.allowing(List.of()), address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "172.15.255.255",
                "172.32.0.1",
                "192.167.1.1",
                "2606:4700::1111",
                "64:ff9b::101:101",
                "2002:101:101::1"
            })
    void publicAddressesAreAllowed(String address) {
        assertThat(allowed(AddressRules.allowing(List.of()), address)).isTrue();
    }

    @Test
    void theListAddsHostsAddressesAndBlocks() {
        AddressRules rules =
                AddressRules.allowing(List.of("10.1.0.0/16", "fd00::1", "Inside.Example"));
        assertThat(allowed(rules, "10.1.255.255")).isTrue();
        assertThat(allowed(rules, "10.2.0.0")).isFalse();
        assertThat(allowed(rules, "fd00::1")).isTrue();
        assertThat(allowed(rules, "fd00::2")).isFalse();
        List<InetAddress> loopback = List.of(InetAddress.ofLiteral("127.0.0.1"));
        assertThat(rules.allowed("inside.EXAMPLE", loopback)).isEqualTo(loopback);
        assertThat(rules.allowed("other.example", loopback)).isEmpty();
        assertThatThrownBy(() -> AddressRules.allowing(List.of("10.0.0.0/33")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyTheAllowedOnesOfSeveralAreLeft() {
        List<InetAddress> both =
                List.of(InetAddress.ofLiteral("10.0.0.1"), InetAddress.ofLiteral("1.1.1.1"));
        assertThat(AddressRules.allowing(List.of()).allowed("mixed.example", both))
                .containsExactly(InetAddress.ofLiteral("1.1.1.1"));
    }
}
