/**
 * Ring 2. Each tenant's signing keys, their rotation, and the cryptography provider that signs.
 * Imports rings 0 and 1. Start reading at {@link dev.usher.key.KeyRing}.
 */
@NullMarked
package dev.usher.key;

import org.jspecify.annotations.NullMarked;
