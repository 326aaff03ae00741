package dev.usher.client;

import dev.usher.store.Entity;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What lets an application prove itself by a token of another issuer: one in which issuer, subject
 * and one of the audiences are exactly these. Immutable.
 */
public record FederatedCredential(String issuer, String subject, Set<String> audiences) {

    /** The kind of documents, contained in applications, that hold them. */
    public static final String KIND = "federatedIdentityCredential";

    static FederatedCredential read(Entity stored) {
        return new FederatedCredential(
                stored.properties().path("issuer").asString(""),
                stored.properties().path("subject").asString(""),
                stored.properties()
                        .path("audiences")
                        .valueStream()
                        .map(audience -> audience.asString(""))
                        .collect(Collectors.toUnmodifiableSet()));
    }
}
