/**
 * Ring 0. The tenant's id, and the injected source of every identifier and random byte. Imports
 * nothing of ours. Start reading at {@link dev.usher.ids.Ids}.
 */
@NullMarked
package dev.usher.ids;

import org.jspecify.annotations.NullMarked;
