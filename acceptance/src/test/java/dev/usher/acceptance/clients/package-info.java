/**
 * Clients that other people wrote: what Node and Debian offer is run, and what else is known to
 * send is replayed from {@code wire/} in the resources.
 */
package dev.usher.acceptance.clients;
