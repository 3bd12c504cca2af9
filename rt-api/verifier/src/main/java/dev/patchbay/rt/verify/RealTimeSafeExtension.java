// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link RealTimeSafe} does. */
final class RealTimeSafeExtension implements BeforeAllCallback, BeforeEachCallback {
    @Override
    public void beforeAll(final ExtensionContext context) {
        check(context.getTestClass());
    }

    @Override
    public void beforeEach(final ExtensionContext context) {
        check(context.getTestMethod());
    }

    private static void check(final Optional<? extends AnnotatedElement> element) {
        AnnotationSupport.findAnnotation(element, RealTimeSafe.class)
                .ifPresent(wish -> RealTimeSafety.assertRealTimeSafe(wish.value()));
    }
}
