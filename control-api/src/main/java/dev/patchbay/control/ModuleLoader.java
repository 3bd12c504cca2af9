// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Loads a module's classes, and those of its libraries, apart from the framework's, so that they can go: whatever the framework's jars have comes
 * from the process's own loader, the JDK's classes from the JDK's, and all else from these jars, never from an older version of them.
 */
final class ModuleLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final FrameworkClasses framework;

    /**
     * Makes a loader.
     *
     * @param name by which stack traces name the code
     */
    ModuleLoader(final String name, final List<URL> jars, final FrameworkClasses framework) {
        super(name, jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        this.framework = framework;
    }

    @Override
    protected Class<?> loadClass(final String name, final boolean resolve)
            throws ClassNotFoundException {
        if (name.startsWith("java.")) {
            return super.loadClass(name, resolve);
        }
        if (framework.has(name)) {
            return framework.load(name);
        }
        synchronized (getClassLoadingLock(name)) {
            final Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try {
                return findClass(name);
            } catch (final ClassNotFoundException e) {
                // Of the JDK's modules.
                return super.loadClass(name, resolve);
            }
        }
    }

    @Override
    public URL getResource(final String name) {
        final URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(final String name) throws IOException {
        final List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
        all.addAll(Collections.list(getParent().getResources(name)));
        return Collections.enumeration(all);
    }
}
