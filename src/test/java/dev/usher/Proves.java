package dev.usher;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The test shows that an operation works. The value is {@code METHOD path-template}, spelled as in
 * {@code operations.tsv}; docs/parity.md is generated from these.
 */
@Documented
@Repeatable(Proves.All.class)
@Retention(RetentionPolicy.SOURCE)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Proves {
    String value();

    /** Several operations shown by one test. */
    @Documented
    @Retention(RetentionPolicy.SOURCE)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface All {
        Proves[] value();
    }
}
