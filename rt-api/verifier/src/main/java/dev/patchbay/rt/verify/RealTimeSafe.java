// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.rt.RtModule;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Lets a JUnit 5 test, or all tests of a class, fail where a module is not real-time safe: before the test, or once before the
 * tests of the class, {@link RealTimeSafety#assertRealTimeSafe} checks the module.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(RealTimeSafeExtension.class)
public @interface RealTimeSafe {
    /** The module. */
    Class<? extends RtModule> value();
}
