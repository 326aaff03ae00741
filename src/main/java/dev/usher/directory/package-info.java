/**
 * Ring 2. People: their passwords, and the directory roles they may have. Imports rings 0 and 1,
 * {@code tenant}. Start reading at {@link dev.usher.directory.Credentials}.
 */
@NullMarked
package dev.usher.directory;

import org.jspecify.annotations.NullMarked;
