/**
 * Ring 3. The OData engine: request, plan, act, write. Generic: it knows no entity type but through
 * the schema and a {@link dev.usher.odata.Strategy}. May import rings 0 and 1. Start reading at
 * {@link dev.usher.odata.ODataService}.
 */
@NullMarked
package dev.usher.odata;

import org.jspecify.annotations.NullMarked;
