package dev.usher.http;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens and whom it believes.
 *
 * @param name names its threads
 */
public record ServerSettings(
        String name, List<Listener> listeners, Limits limits, List<Cidr> trustedProxies) {

    /**
     * One port on one or several addresses.
     *
     * @param hosts literal addresses or names of this machine; all get the same port
     * @param port 0 for a free one
     * @param tls null for plain HTTP
     */
    public record Listener(List<String> hosts, int port, @Nullable Tls tls) {}

    /** The addresses of this machine that no other can reach: IPv4, and IPv6 where there is any. */
    public static List<String> loopback() {
        try {
            var ipv6 = InetAddress.ofLiteral("::1");
            return NetworkInterface.getByInetAddress(ipv6) == null
                    ? List.of("127.0.0.1")
                    : List.of("127.0.0.1", "::1");
        } catch (SocketException noInterfaces) {
            return List.of("127.0.0.1");
        }
    }
}
