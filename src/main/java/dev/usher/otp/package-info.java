/**
 * Ring 2. One-time codes that prove an address. May import rings 0 and 1, {@code tenant}, {@code
 * key} and {@code mail}. Start at {@link dev.usher.otp.OneTimeCodes}.
 */
@NullMarked
package dev.usher.otp;

import org.jspecify.annotations.NullMarked;
