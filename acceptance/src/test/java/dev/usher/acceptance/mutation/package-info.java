/**
 * Shows that the acceptance tests notice the loss of any single operation. Not part of an ordinary
 * run; start at {@link dev.usher.acceptance.mutation.Mutations}.
 */
package dev.usher.acceptance.mutation;
