// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the verifier must find in a canary, on the line that ends with a comment of the canary's name. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Seeded {
    Category value();

    /** The canary's methods that lead there. */
    String[] path() default "process";
}
