// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

/**
 * Shows the classes of others the platform and this layout library, and nothing else of the program that loads them: what they
 * declare must be of the program's own types to be read there, all other libraries are theirs.
 */
public final class LayoutOnlyLoader extends ClassLoader {
    private static final String SHARED = "dev.patchbay.layout.";

    /** A parent for the class loader of such classes. */
    public LayoutOnlyLoader() {
        super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(final String name) throws ClassNotFoundException {
        if (name.startsWith(SHARED)) {
            return Class.forName(name, false, LayoutOnlyLoader.class.getClassLoader());
        }
        throw new ClassNotFoundException(name);
    }
}
