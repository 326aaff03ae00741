package dev.usher.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who really asked for what, when the peer is a reverse proxy that the operator trusts.
 * Reads {@code X-Forwarded-For/-Proto/-Host}, or {@code Forwarded} (RFC 7239) if none of those is
 * there; from any other peer both are ignored. Walks the chain from its near end and believes the
 * first address that is no trusted proxy itself.
 */
public final class TrustedProxies {

    /** Where a request came from. Null means that the proxy said nothing of it. */
    record Hop(String address, @Nullable String scheme, @Nullable String authority) {}

    private static final int HOPS_MAX = 32;

    private final List<Cidr> trusted;

    public TrustedProxies(List<Cidr> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    Hop origin(InetAddress peer, Headers headers) {
        Hop direct = new Hop(peer.getHostAddress(), null, null);
        if (!Cidr.anyContains(trusted, peer)) {
            return direct;
        }
        List<Hop> hops =
                headers.has("X-Forwarded-For")
                                || headers.has("X-Forwarded-Proto")
                                || headers.has("X-Forwarded-Host")
                        ? fromXForwarded(headers, direct.address)
                        : fromForwarded(headers, direct.address);
        Hop found = direct;
        for (int i = hops.size() - 1; i >= 0; i--) {
            found = hops.get(i);
            if (!trusts(found.address)) {
                break;
            }
        }
        return found;
    }

    private boolean trusts(String address) {
        try {
            return Cidr.anyContains(trusted, Cidr.address(address));
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private static List<Hop> fromXForwarded(Headers headers, String peer) {
        List<String> addresses = list(headers, "X-Forwarded-For");
        List<String> schemes = list(headers, "X-Forwarded-Proto");
        List<String> hosts = list(headers, "X-Forwarded-Host");
        int count = Math.max(1, addresses.size());
        List<Hop> hops = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            hops.add(
                    new Hop(
                            addresses.isEmpty() ? peer : withoutPort(addresses.get(i)),
                            parallel(schemes, i, count),
                            parallel(hosts, i, count)));
        }
        return hops;
    }

    /** The value of the same hop, or the nearest one if not every proxy added its own. */
    private static @Nullable String parallel(List<String> values, int index, int count) {
        if (values.isEmpty()) {
            return null;
        }
        return values.size() == count ? values.get(index) : values.getLast();
    }

    private static List<Hop> fromForwarded(Headers headers, String peer) {
        List<Hop> hops = new ArrayList<>();
        for (String element : list(headers, "Forwarded")) {
            String address = peer;
            String scheme = null;
            String authority = null;
            for (String pair : element.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals < 0) {
                    continue;
                }
                String value = pair.substring(equals + 1).strip().replace("\"", "");
                switch (pair.substring(0, equals).strip().toLowerCase(Locale.ROOT)) {
                    case "for" -> address = withoutPort(value);
                    case "proto" -> scheme = value;
                    case "host" -> authority = value;
                    default -> {}
                }
            }
            hops.add(new Hop(address, scheme, authority));
        }
        return hops;
    }

    private static List<String> list(Headers headers, String name) {
        List<String> values = new ArrayList<>();
        for (String line : headers.all(name)) {
            for (String value : line.split(",", -1)) {
                if (!value.isBlank()) {
                    values.add(value.strip());
                }
            }
        }
        return values.size() <= HOPS_MAX
                ? values
                : values.subList(values.size() - HOPS_MAX, values.size());
    }

    private static String withoutPort(String node) {
        if (node.startsWith("[")) {
            int end = node.indexOf(']');
            return end < 0 ? node : node.substring(1, end);
        }
        int colon = node.indexOf(':');
        return colon >= 0 && colon == node.lastIndexOf(':') ? node.substring(0, colon) : node;
    }
}
