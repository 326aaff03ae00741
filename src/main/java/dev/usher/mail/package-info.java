/**
 * Ring 2. Mails to people: kept in an outbox first, sent afterwards. May import rings 0 and 1,
 * {@code tenant} and {@code key}. Start at {@link dev.usher.mail.Outbox}.
 */
@NullMarked
package dev.usher.mail;

import org.jspecify.annotations.NullMarked;
