package dev.usher.odata;

/** Entity tags of states that carry no version: 64 bits of FNV-1a. */
final class Tags {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Tags() {}

    static long of(byte[] state) {
        long hash = OFFSET;
        for (byte each : state) {
            hash = (hash ^ (each & 0xff)) * PRIME;
        }
        return hash;
    }
}
