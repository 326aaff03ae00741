/**
 * Ring 2. The languages of user flows, the pages that each flow shows, and what those say. May
 * import rings 0 and 1. Start reading at {@link dev.usher.language.PageTexts}.
 */
@NullMarked
package dev.usher.language;

import org.jspecify.annotations.NullMarked;
