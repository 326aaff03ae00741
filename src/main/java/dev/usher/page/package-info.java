/**
 * Ring 4. The pages of a journey: a screen becomes HTML, what a person sends becomes a submission.
 * May import {@code flow}, {@code html}, {@code session}, {@code client}, {@code tenant} and ring
 * 0. Start at {@link dev.usher.page.JourneyPages}.
 */
@NullMarked
package dev.usher.page;

import org.jspecify.annotations.NullMarked;
