/**
 * A reverse proxy between the acceptance tests and the server: it records which operation of the
 * list was seen, watches that no secret comes back, and refuses one operation on demand. Imports
 * nothing of the other packages. Start at {@link dev.usher.acceptance.proxy.Recorder}.
 */
package dev.usher.acceptance.proxy;
