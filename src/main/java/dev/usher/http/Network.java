package dev.usher.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Who is likely to be one and the same, by their address. */
public final class Network {

    /** What of an IPv6 address names the network: half of it (RFC 4291 section 2.5.4). */
    private static final int PREFIX_BYTES = 8;

    private Network() {}

    /** The address itself for IPv4, its first 64 bits for IPv6; a text that is none stays one. */
    public static String of(String remoteAddress) {
        InetAddress address;
        try {
            address = Cidr.address(remoteAddress);
        } catch (IllegalArgumentException notOne) {
            return "unknown";
        }
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), PREFIX_BYTES))
                : address.getHostAddress();
    }
}
