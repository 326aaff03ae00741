/**
 * Ring 0. The configuration: one record, read from defaults, file, environment and flags. Imports
 * {@code observe time}. Start reading at {@link dev.usher.config.Config} and its defaults.yaml.
 */
@NullMarked
package dev.usher.config;

import org.jspecify.annotations.NullMarked;
