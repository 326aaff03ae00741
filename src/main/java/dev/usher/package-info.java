/**
 * The program: {@code Main} starts it, {@code App} wires it by constructors. May import everything;
 * nothing imports it.
 */
@NullMarked
package dev.usher;

import org.jspecify.annotations.NullMarked;
