/**
 * Measures the built distribution: {@code ./bench} at the root. Starts reading at {@link
 * dev.usher.acceptance.bench.Bench}; imports the fixture package only.
 */
package dev.usher.acceptance.bench;
