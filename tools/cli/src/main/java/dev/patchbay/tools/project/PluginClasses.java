// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import dev.patchbay.layout.LayoutOnlyLoader;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.ParameterSource;
import dev.patchbay.layout.Role;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.project.BuildFile.Located;
import dev.patchbay.tools.project.BuildFile.Module;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The classes on a plug-in's class path, checked against what its build file says of them. */
public final class PluginClasses implements AutoCloseable {
    private static final Map<Role, String> INTERFACES =
            Map.of(
                    Role.RT,
                    "dev.patchbay.rt.RtModule",
                    Role.CONTROL,
                    "dev.patchbay.control.ControlModule",
                    Role.UI,
                    "dev.patchbay.control.uistate.UiStateModule");

    private final URLClassLoader loader;

    /** Opens a class path. */
    public PluginClasses(final List<Path> classPath) {
        final URL[] urls = new URL[classPath.size()];
        for (int i = 0; i < urls.length; i++) {
            try {
                urls[i] = classPath.get(i).toUri().toURL();
            } catch (final MalformedURLException e) {
                throw new ToolException(
                        "The class path entry "
                                + classPath.get(i)
                                + " is no file: "
                                + e.getMessage()
                                + ".",
                        e);
            }
        }
        loader = new URLClassLoader("plug-in", urls, new LayoutOnlyLoader());
    }

    /**
     * Checks that a module's class can serve in its role.
     *
     * @param problems takes what is wrong, with where the build file says so
     */
    public void check(final Module module, final Problems problems) {
        final Located name = module.className();
        final Optional<Class<?>> contract =
                problems.attempt(
                        () ->
                                load(
                                        new Located(INTERFACES.get(module.role()), name.place()),
                                        "needs"));
        if (contract.isEmpty()) {
            return;
        }
        problems.attempt(() -> constructor(load(name, "is"), contract.get(), name.place()));
        final SortedSet<String> methods = new TreeSet<>();
        for (final Method method : contract.get().getMethods()) {
            methods.add(method.getName());
        }
        for (final Located export : module.exports()) {
            problems.attempt(() -> export(export, contract.get(), methods));
        }
    }

    private static void export(
            final Located export, final Class<?> contract, final SortedSet<String> methods) {
        if (!methods.contains(export.text())) {
            throw export.place()
                    .error(
                            "names \""
                                    + export.text()
                                    + "\""
                                    + Words.perhaps(export.text(), methods)
                                    + ", allowed are the methods of "
                                    + contract.getSimpleName()
                                    + ": "
                                    + Words.and(List.copyOf(methods)));
        }
    }

    /**
     * Makes the class that names the parameters, once, and asks it.
     *
     * @throws ToolException if that fails, with where the build file names the class
     */
    public List<Parameter> parameters(final Located name) {
        final Class<?> found = load(name, "is");
        final Constructor<?> constructor = constructor(found, ParameterSource.class, name.place());
        try {
            return List.copyOf(((ParameterSource) constructor.newInstance()).parameters());
        } catch (final InvocationTargetException e) {
            throw failed(name, e.getCause());
        } catch (final ReflectiveOperationException | RuntimeException | LinkageError e) {
            throw failed(name, e);
        }
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (final IOException e) {
            throw new ToolException(
                    "The plug-in's class path cannot be closed: " + e.getMessage() + ".", e);
        }
    }

    private Class<?> load(final Located name, final String verb) {
        try {
            return Class.forName(name.text(), false, loader);
        } catch (final ClassNotFoundException e) {
            throw name.place()
                    .error(
                            verb
                                    + " \""
                                    + name.text()
                                    + "\", which is not on the class path, expected the full name"
                                    + " of a class on it",
                            e);
        } catch (final UnsupportedClassVersionError e) {
            throw name.place()
                    .error(
                            verb
                                    + " \""
                                    + name.text()
                                    + "\", which is compiled for a later Java than the "
                                    + Runtime.version().feature()
                                    + " that runs this tool, expected one that it can load",
                            e);
        } catch (final LinkageError e) {
            throw name.place()
                    .error(
                            verb
                                    + " \""
                                    + name.text()
                                    + "\", which cannot be loaded ("
                                    + e
                                    + "), expected it and what it needs on the class path",
                            e);
        }
    }

    private static Constructor<?> constructor(
            final Class<?> found, final Class<?> contract, final Place place) {
        final String is = "is \"" + found.getName() + "\", ";
        if (!contract.isAssignableFrom(found)) {
            throw place.error(
                    is
                            + "which does not implement "
                            + contract.getName()
                            + ", expected a class that does");
        }
        if (!Modifier.isPublic(found.getModifiers()) || Modifier.isAbstract(found.getModifiers())) {
            throw place.error(
                    is
                            + "which is abstract or not public, expected a public class that can be"
                            + " created");
        }
        try {
            return found.getConstructor();
        } catch (final NoSuchMethodException e) {
            throw place.error(
                    is + "which has no public constructor without arguments, expected one", e);
        } catch (final LinkageError e) {
            throw place.error(
                    is
                            + "which cannot be loaded ("
                            + e
                            + "), expected what it needs on the class path",
                    e);
        }
    }

    private static ToolException failed(final Located name, final Throwable cause) {
        final Throwable reason =
                cause instanceof ExceptionInInitializerError && cause.getCause() != null
                        ? cause.getCause()
                        : cause;
        return name.place()
                .error(
                        "is \""
                                + name.text()
                                + "\", which failed when it was asked for the parameters: "
                                + reason
                                + (reason.getStackTrace().length > 0
                                        ? " at " + reason.getStackTrace()[0]
                                        : ""),
                        cause);
    }
}
