/**
 * Ring 0. What is said to people and machines: the shape of a catalogue of codes. Imports nothing
 * of ours. Start reading at {@link dev.usher.text.CatalogueEntry}.
 */
@NullMarked
package dev.usher.text;

import org.jspecify.annotations.NullMarked;
