/**
 * Ring 0. The injected clock: time is an input, per tenant. Imports {@code ids}. Start reading at
 * {@link dev.usher.time.Clock}.
 */
@NullMarked
package dev.usher.time;

import org.jspecify.annotations.NullMarked;
