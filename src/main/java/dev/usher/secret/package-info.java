/**
 * Ring 0. Sealing of secrets that Usher must use again, hashing of those it only verifies. Imports
 * {@code ids}. Start reading at {@link dev.usher.secret.Sealer}.
 */
@NullMarked
package dev.usher.secret;

import org.jspecify.annotations.NullMarked;
