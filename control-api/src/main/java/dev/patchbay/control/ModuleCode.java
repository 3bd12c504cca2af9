// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One version of a module's code: its class path and the class loader of its own. */
final class ModuleCode {
    private final ModuleLoader loader;
    private final String className;
    private final List<Path> classPath;
    private final Optional<CodeStore.Copy> copy;

    /**
     * Opens the jars; no class is loaded yet.
     *
     * @param number counts the versions of this process, from 1
     * @param copy what the class path was copied to, if it was
     */
    ModuleCode(
            final int number,
            final String className,
            final List<Path> classPath,
            final Optional<CodeStore.Copy> copy,
            final FrameworkClasses framework) {
        this.className = className;
        this.classPath = List.copyOf(classPath);
        this.copy = copy;
        final List<URL> urls = new ArrayList<>();
        for (final Path entry : classPath) {
            try {
                urls.add(entry.toUri().toURL());
            } catch (final MalformedURLException e) {
                throw new IllegalStateException(entry + " is no file", e);
            }
        }
        this.loader = new ModuleLoader("module-" + number, urls, framework);
    }

    ModuleLoader loader() {
        return loader;
    }

    List<Path> classPath() {
        return classPath;
    }

    Optional<CodeStore.Copy> copy() {
        return copy;
    }

    /**
     * The module's class.
     *
     * @throws IllegalArgumentException with a sentence that names it, if it cannot be had
     */
    Class<? extends ControlModule> moduleClass() {
        final Class<?> found;
        try {
            found = Class.forName(className, false, loader);
        } catch (final ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "The module class "
                            + className
                            + " is not in the bundle's jars: check build.yaml and rebuild the"
                            + " bundle.",
                    e);
        } catch (final LinkageError e) {
            throw new IllegalArgumentException(
                    "The module class " + className + " cannot be loaded: " + e + ".", e);
        }
        if (!ControlModule.class.isAssignableFrom(found)) {
            throw new IllegalArgumentException(
                    "The module class "
                            + className
                            + " does not implement "
                            + ControlModule.class.getName()
                            + ".");
        }
        return found.asSubclass(ControlModule.class);
    }

    /**
     * Makes a module by its public constructor without arguments.
     *
     * @throws IllegalArgumentException with a sentence that names the class, if that cannot be done
     */
    ControlModule newModule() {
        try {
            return moduleClass().getConstructor().newInstance();
        } catch (final NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw new IllegalArgumentException(
                    "The module class "
                            + className
                            + " needs to be public, with a public constructor without arguments.",
                    e);
        } catch (final InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "The constructor of the module class "
                            + className
                            + " failed: "
                            + e.getCause()
                            + ".",
                    e.getCause());
        } catch (final LinkageError e) {
            throw new IllegalArgumentException(
                    "The module class " + className + " cannot be loaded: " + e + ".", e);
        }
    }

    /** Closes the jars and removes their copies. */
    void discard() throws IOException {
        loader.close();
        if (copy.isPresent()) {
            CodeStore.delete(copy.get().folder());
        }
    }
}
