/**
 * Ring 2. The register of tenants: their kinds, domains and states. Imports rings 0 and 1. Start
 * reading at {@link dev.usher.tenant.Tenants}.
 */
@NullMarked
package dev.usher.tenant;

import org.jspecify.annotations.NullMarked;
