/**
 * Ring 2. What a browser is signed in to, so that a person need not sign in again. May import rings
 * 0 and 1, {@code tenant} and {@code key}. Start reading at {@link dev.usher.session.Sessions}.
 */
@NullMarked
package dev.usher.session;

import org.jspecify.annotations.NullMarked;
