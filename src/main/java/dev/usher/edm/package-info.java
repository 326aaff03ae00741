/**
 * Ring 0. The Entity Data Model (OData CSDL 4.01): parsed from the schema resource, checked at
 * start, printed as {@code $metadata}. Imports nothing of ours. Start reading at {@link
 * dev.usher.edm.Model}.
 */
@NullMarked
package dev.usher.edm;

import org.jspecify.annotations.NullMarked;
