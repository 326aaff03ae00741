/**
 * Ring 2. The journeys of people through user flows, as they happened: appended, never changed. May
 * import rings 0 and 1, {@code tenant} and {@code key}. Start at {@link dev.usher.journal.Journal}.
 */
@NullMarked
package dev.usher.journal;

import org.jspecify.annotations.NullMarked;
