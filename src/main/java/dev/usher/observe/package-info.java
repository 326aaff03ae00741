/**
 * Ring 0. What the program has to say about itself, as one sealed type; observers turn it into
 * logs, metrics and audit. Imports {@code ids}. Start reading at {@link
 * dev.usher.observe.Observation}.
 */
@NullMarked
package dev.usher.observe;

import org.jspecify.annotations.NullMarked;
