/**
 * Ring 2. What a sign-in lets an application have until it fetches it: authorization codes, and
 * families of refresh tokens. May import rings 0 and 1, {@code tenant}, {@code key} and {@code
 * client}. Start reading at {@link dev.usher.grant.Grant}.
 */
@NullMarked
package dev.usher.grant;

import org.jspecify.annotations.NullMarked;
