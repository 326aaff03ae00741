/**
 * Run when all other tests have: they judge what the recording proxy has written into {@code
 * target/}. Left out of the first run of the tests; {@code mvn verify} runs them.
 */
package dev.usher.acceptance.afterwards;
