package dev.usher.http;

/** A port could not be opened; the message says which and why. */
public final class CannotListen extends RuntimeException {

    public CannotListen(String host, int port, Throwable cause) {
        super("cannot listen on " + host + " port " + port + ": " + cause.getMessage(), cause);
    }
}
