package dev.usher.token;

/** How a client proved who it is; the claim {@code appidacr} tells the resource. */
public enum ClientProof {
    SECRET("1"),
    CERTIFICATE("2"),
    /** A token of another issuer; for the resource as good as a certificate. */
    FEDERATED("2");

    private final String claim;

    ClientProof(String claim) {
        this.claim = claim;
    }

    String claim() {
        return claim;
    }
}
