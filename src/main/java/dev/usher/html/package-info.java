/**
 * Ring 3. Pages as data, and the HTML they become: escaped by templates, under a strict content
 * security policy. May import ring 0. Start reading at {@link dev.usher.html.HtmlPages}.
 */
@NullMarked
package dev.usher.html;

import org.jspecify.annotations.NullMarked;
