/**
 * What a user flow does with a person, worked out from what is stored of it. May import rings 0 to
 * 2. Start at {@link dev.usher.flow.FlowCheck}.
 */
@NullMarked
package dev.usher.flow;

import org.jspecify.annotations.NullMarked;
