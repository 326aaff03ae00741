/**
 * A second opinion on queries: Apache Olingo reads our metadata and our filters, a visitor of ours
 * evaluates what it read. Start with {@code FilterOracleTest}.
 */
package dev.usher.acceptance.oracle;
