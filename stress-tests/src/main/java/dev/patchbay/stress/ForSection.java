// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.SectionKind;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a jcstress test whose section may have any geometry: it takes it from {@link Slots#section} or {@link Slots#triple},
 * so it also runs with that of a declaration of the user's own.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ForSection {
    /** The kinds of section that it tests. */
    SectionKind[] value();

    /** The types of the elements; any where none is named. */
    FieldType[] scalars() default {};

    /** The name of the elements' struct; any where it is empty. */
    String element() default "";

    /** How many elements it needs. */
    int atLeast() default 1;
}
