package dev.usher.token;

import java.io.IOException;
import java.net.URI;

/** Fetches a JSON Web Key Set. */
@FunctionalInterface
public interface JwksSource {

    /**
     * Returns the body of a 200 answer.
     *
     * @throws IOException if there is no such answer
     */
    String fetch(URI url) throws IOException;
}
