/**
 * Development mode: its directory, certificates, seeds and dev.json. May import all but the edges;
 * only the dev command imports it. Start reading at {@link dev.usher.dev.DevDirectory}.
 */
@NullMarked
package dev.usher.dev;

import org.jspecify.annotations.NullMarked;
