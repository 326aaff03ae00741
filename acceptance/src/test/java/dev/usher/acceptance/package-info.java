/**
 * Black-box tests: they see the built distribution and the network on loopback, nothing else. Each
 * test that proves an operation of the operation list says so with {@code @Proves}.
 */
package dev.usher.acceptance;
