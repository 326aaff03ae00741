/**
 * Ring 2. Application registrations in the shape of Graph's {@code application}, their credentials
 * and the application permissions granted to them. Imports rings 0 and 1, {@code tenant}. Start
 * reading at {@link dev.usher.client.Clients}.
 */
@NullMarked
package dev.usher.client;

import org.jspecify.annotations.NullMarked;
