package dev.usher.http;

import java.net.InetAddress;
import java.util.List;

/** A block of addresses such as {@code 10.0.0.0/8} or {@code fd00::/8} (RFC 4632, RFC 4291 2.3). */
public record Cidr(InetAddress network, int prefix) {

    public Cidr {
        if (prefix < 0 || prefix > network.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException(
                    "prefix length " + prefix + " does not fit " + network);
        }
    }

    /**
     * Parses an address with or without prefix length; without one it is the single address.
     *
     * @throws IllegalArgumentException for anything else, host names included
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = address(slash < 0 ? text : text.substring(0, slash));
        int bits = network.getAddress().length * Byte.SIZE;
        try {
            return new Cidr(
                    network, slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1)));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("not an address block: " + text, notANumber);
        }
    }

    public static List<Cidr> parse(List<String> texts) {
        return texts.stream().map(Cidr::parse).toList();
    }

    /**
     * The address of a literal; never asks a name server.
     *
     * @throws IllegalArgumentException if the text is no literal
     */
    public static InetAddress address(String literal) {
        String bare =
                literal.startsWith("[") && literal.endsWith("]")
                        ? literal.substring(1, literal.length() - 1)
                        : literal;
        return InetAddress.ofLiteral(bare);
    }

    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    public static boolean anyContains(List<Cidr> blocks, InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }
}
