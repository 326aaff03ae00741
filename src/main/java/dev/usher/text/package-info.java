/**
 * Ring 0. What is said to people and machines: the texts of the pages, the shape of a catalogue of
 * codes. Imports nothing of ours. Start reading at {@link dev.usher.text.EnglishTexts}.
 */
@NullMarked
package dev.usher.text;

import org.jspecify.annotations.NullMarked;
