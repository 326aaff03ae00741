package dev.usher.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which addresses calls may go to: every public one, and what the operator's list names (host,
 * address or CIDR block). Addresses that stand for an IPv4 address count as that address.
 */
public final class AddressRules {

    /** IANA's special-purpose registries (RFC 6890), and multicast. */
    private static final List<Cidr> PRIVATE =
            Cidr.parse(
                    List.of(
                            "0.0.0.0/8",
                            "10.0.0.0/8",
                            "100.64.0.0/10",
                            "127.0.0.0/8",
                            "169.254.0.0/16",
                            "172.16.0.0/12",
                            "192.0.0.0/24",
                            "192.0.2.0/24",
                            "192.88.99.0/24",
                            "192.168.0.0/16",
                            "198.18.0.0/15",
                            "198.51.100.0/24",
                            "203.0.113.0/24",
                            "224.0.0.0/4",
                            "240.0.0.0/4",
                            "::/96",
                            "64:ff9b:1::/48",
                            "100::/64",
                            "2001::/23",
                            "2001:db8::/32",
                            "3fff::/20",
                            "5f00::/16",
                            "fc00::/7",
                            "fe80::/10",
                            "fec0::/10",
                            "ff00::/8"));

    /** Prefixes after which an IPv4 address follows: NAT64 (RFC 6052), 6to4 (RFC 3056). */
    private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");

    private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");

    private final Set<String> hosts;
    private final List<Cidr> blocks;

    private AddressRules(Set<String> hosts, List<Cidr> blocks) {
        this.hosts = Set.copyOf(hosts);
        this.blocks = List.copyOf(blocks);
    }

    /** Rules that also allow these host names, addresses and CIDR blocks. */
    public static AddressRules allowing(List<String> entries) {
        List<Cidr> blocks = new ArrayList<>();
        Set<String> hosts =
                entries.stream()
                        .filter(entry -> !addBlock(entry, blocks))
                        .map(entry -> entry.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
        return new AddressRules(hosts, blocks);
    }

    private static boolean addBlock(String entry, List<Cidr> blocks) {
        try {
            return blocks.add(Cidr.parse(entry));
        } catch (IllegalArgumentException aHostName) {
            if (entry.contains("/")) {
                throw aHostName;
            }
            return false;
        }
    }

    /** Those of the host's addresses that a call may go to. */
    public List<InetAddress> allowed(String host, List<InetAddress> resolved) {
        if (hosts.contains(host.toLowerCase(Locale.ROOT))) {
            return resolved;
        }
        return resolved.stream().filter(this::allowed).toList();
    }

    private boolean allowed(InetAddress address) {
        if (Cidr.anyContains(blocks, address)) {
            return true;
        }
        InetAddress meant = meant(address);
        return !Cidr.anyContains(PRIVATE, meant);
    }

    private static InetAddress meant(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        if (NAT64.contains(address)) {
            return ipv4(bytes, 12);
        }
        return SIX_TO_FOUR.contains(address) ? ipv4(bytes, 2) : address;
    }

    private static InetAddress ipv4(byte[] bytes, int from) {
        return InetAddress.ofLiteral(
                "%d.%d.%d.%d"
                        .formatted(
                                bytes[from] & 0xFF,
                                bytes[from + 1] & 0xFF,
                                bytes[from + 2] & 0xFF,
                                bytes[from + 3] & 0xFF));
    }
}
