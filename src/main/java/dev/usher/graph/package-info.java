/**
 * Ring 4. The Graph edge: bearer tokens, permissions, and one strategy for each entity type. May
 * import {@code odata token} and rings 0 to 2. Start reading at {@link dev.usher.graph.GraphEdge}.
 */
@NullMarked
package dev.usher.graph;

import org.jspecify.annotations.NullMarked;
