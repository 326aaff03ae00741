/**
 * The command line. May import everything; only {@code Main} imports it. Start reading at {@link
 * dev.usher.cli.UsherCommand}.
 */
@NullMarked
package dev.usher.cli;

import org.jspecify.annotations.NullMarked;
