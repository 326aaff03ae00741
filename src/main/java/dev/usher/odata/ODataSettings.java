package dev.usher.odata;

/**
 * Limits and switches of the engine.
 *
 * @param pageSizeDefault entities on a page when the client says nothing
 * @param pageSizeMax the largest {@code $top}
 * @param expandMax entities embedded for one navigation property of one entity
 * @param literalSeed whether {@code POST {collection}/$ref} takes the placeholders of the
 *     documents' template for values
 */
public record ODataSettings(
        int pageSizeDefault, int pageSizeMax, int expandMax, boolean literalSeed) {

    public static final ODataSettings DEFAULT = new ODataSettings(100, 999, 1000, true);
}
