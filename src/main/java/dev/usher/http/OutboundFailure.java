package dev.usher.http;

/** A call to another server gave no usable answer. The message names host and reason. */
public final class OutboundFailure extends RuntimeException {

    /** Why, so that callers can decide whether to try again. */
    public enum Reason {
        /** The URL is no absolute http or https URL. */
        URL,
        /** The host is, or resolves to, an address that calls must not go to. */
        ADDRESS_REFUSED,
        /** The name does not resolve. */
        DNS,
        /** No connection, or it broke. */
        CONNECT,
        /** The certificate or the handshake failed. */
        TLS,
        /** The time budget was used up. */
        TIME,
        /** The answer is larger than allowed. */
        SIZE,
        /** The answer is not HTTP. */
        PROTOCOL,
        /** The answer has another status than the caller can use. */
        STATUS
    }

    private final Reason reason;

    public OutboundFailure(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public OutboundFailure(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
