// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tells the real-time verifier that a method, or all methods of a class, may do under real-time conditions what it would
 * report there. The exemption covers the method and what is reached through it. The verifier lists it with its reason and with
 * what it covers; one that covers nothing, or whose reason is blank, fails the check.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.TYPE})
public @interface RealTimeExempt {
    /** Why this is right, as a sentence: what bounds it, or why it does not happen while sound is made. */
    String reason();
}
