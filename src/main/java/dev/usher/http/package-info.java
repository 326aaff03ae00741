/**
 * Ring 0. Requests, responses, the router and the one adapter to the HTTP server. Imports {@code
 * observe time ids}. Start reading at {@code Router}.
 */
@NullMarked
package dev.usher.http;

import org.jspecify.annotations.NullMarked;
