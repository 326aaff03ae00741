/**
 * Ring 1. Transactions, documents, links, tables and the audit trail on SQLite or PostgreSQL.
 * Imports ring 0. Start reading at {@link dev.usher.store.Store}.
 */
@NullMarked
package dev.usher.store;

import org.jspecify.annotations.NullMarked;
