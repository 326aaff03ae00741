package dev.usher.odata;

import java.util.List;

/**
 * What a caller needs for one operation.
 *
 * @param alternatives any one of them suffices; each is a set of permissions needed together; with
 *     none the operation is nobody's
 * @param roles the directory roles of which a delegated caller needs one; empty for none
 * @param personal whether delegated personal accounts are served
 * @param directory whether a refusal carries the code of the directory workload
 */
public record Permission(
        List<List<String>> alternatives, List<String> roles, boolean personal, boolean directory) {}
