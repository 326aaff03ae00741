/**
 * Ring 3. What user flows are to those who manage them and to those who run them: languages, pages
 * and their texts. May import rings 0 to 2. Start reading at {@link dev.usher.flow.PageTexts}.
 */
@NullMarked
package dev.usher.flow;

import org.jspecify.annotations.NullMarked;
