/**
 * Many clients change the same few objects at once; a checker looks for the serial order that
 * explains what they were told. Start with {@code InterleavingTest}.
 */
package dev.usher.acceptance.interleaving;
