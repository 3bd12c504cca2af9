// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

/**
 * Shows a plug-in's classes the platform and this tool's layout library, and nothing else of the tool: parameters must be
 * the tool's own type to be read here, all other libraries are the plug-in's.
 */
final class LayoutOnlyLoader extends ClassLoader {
    private static final String SHARED = "dev.patchbay.layout.";

    LayoutOnlyLoader() {
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
