// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Loads a region's declaration from compiled classes. The class gives it by a public static method without arguments, by a
 * public static field, or by being a {@code Supplier} that can be created; where it gives several, {@code CLASS#member} says
 * which.
 */
public final class DeclarationSource {
    private static final String WAYS =
            "a public static method without arguments or a public static field of the type"
                + " RegionDeclaration, such as \"public static RegionDeclaration declare()\", or to"
                + " implement Supplier<RegionDeclaration>";

    private final String name;
    private final String member;
    private final List<Path> classPath;

    private DeclarationSource(final String text, final List<Path> classPath) {
        final int hash = text.indexOf('#');
        this.name = hash < 0 ? text : text.substring(0, hash);
        this.member = hash < 0 ? "" : text.substring(hash + 1);
        this.classPath = classPath;
    }

    /**
     * Loads a declaration.
     *
     * @param className the full name of a class, and {@code #member} where it gives several declarations
     * @param classPath the jars and folders that hold it and what it needs; Patchbay's layout library need not be among them
     * @return what the class declares
     * @throws RegionException in one sentence, if there is no such class, it gives no declaration, or fails when asked
     */
    public static RegionDeclaration load(final String className, final List<Path> classPath) {
        final DeclarationSource source = new DeclarationSource(className, List.copyOf(classPath));
        try (URLClassLoader loader = source.loader()) {
            return source.declaration(source.find(loader));
        } catch (final IOException e) {
            throw new RegionException(
                    "The class path cannot be closed: " + e.getMessage() + ".", e);
        }
    }

    private URLClassLoader loader() {
        final List<URL> urls = new ArrayList<>();
        for (final Path entry : classPath) {
            if (!Files.exists(entry)) {
                throw new RegionException(
                        "The class path entry "
                                + entry
                                + " does not exist, expected a jar or a folder of classes.");
            }
            try {
                urls.add(entry.toUri().toURL());
            } catch (final MalformedURLException e) {
                throw new RegionException(
                        "The class path entry " + entry + " is no file: " + e.getMessage() + ".",
                        e);
            }
        }
        return new URLClassLoader(urls.toArray(new URL[0]), new LayoutOnlyLoader());
    }

    private Class<?> find(final ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (final ClassNotFoundException e) {
            throw new RegionException(
                    "The class \""
                            + name
                            + "\" was not found; searched was "
                            + (classPath.isEmpty()
                                    ? "an empty class path: name one with --class-path."
                                    : "the class path "
                                            + classPath.stream()
                                                    .map(Path::toString)
                                                    .collect(Collectors.joining(":"))
                                            + ". Expected the full name with its package, and $"
                                            + " before the name of a nested class."),
                    e);
        } catch (final UnsupportedClassVersionError e) {
            throw new RegionException(
                    "The class \""
                            + name
                            + "\" is compiled for a later Java than the "
                            + Runtime.version().feature()
                            + " that runs this tool.",
                    e);
        } catch (final LinkageError e) {
            throw new RegionException(
                    "The class \""
                            + name
                            + "\" cannot be loaded ("
                            + e
                            + "), expected it and what it needs on the class path.",
                    e);
        }
    }

    private RegionDeclaration declaration(final Class<?> found) {
        try {
            final List<AnnotatedElement> givers = givers(found);
            if (givers.size() == 1) {
                return checked(givers.get(0), ask(givers.get(0)));
            }
            if (givers.isEmpty() && member.isEmpty() && Supplier.class.isAssignableFrom(found)) {
                return checked(found, ((Supplier<?>) found.getConstructor().newInstance()).get());
            }
            throw wrongNumber(givers);
        } catch (final InvocationTargetException e) {
            throw failed(e.getCause());
        } catch (final NoSuchMethodException e) {
            throw new RegionException(
                    "The class \""
                            + name
                            + "\" is a Supplier, but has no public constructor without arguments.",
                    e);
        } catch (final ReflectiveOperationException | RuntimeException | LinkageError e) {
            if (e instanceof RegionException) {
                throw (RegionException) e;
            }
            throw failed(e);
        }
    }

    /** The static members that give a declaration: all, or those of the name that was asked for. */
    private List<AnnotatedElement> givers(final Class<?> found) {
        if (!Modifier.isPublic(found.getModifiers())) {
            throw new RegionException(
                    "The class \"" + name + "\" is not public, expected a public class.");
        }
        final List<AnnotatedElement> givers = new ArrayList<>();
        for (final Method method : found.getMethods()) {
            if (method.getParameterCount() == 0
                    && gives(method, method.getReturnType())
                    && !method.isSynthetic()) {
                givers.add(method);
            }
        }
        for (final Field field : found.getFields()) {
            if (gives(field, field.getType())) {
                givers.add(field);
            }
        }
        return givers;
    }

    private boolean gives(final Member candidate, final Class<?> type) {
        return type == RegionDeclaration.class
                && Modifier.isStatic(candidate.getModifiers())
                && (member.isEmpty() || candidate.getName().equals(member));
    }

    private static Object ask(final AnnotatedElement giver) throws ReflectiveOperationException {
        return giver instanceof Method ? ((Method) giver).invoke(null) : ((Field) giver).get(null);
    }

    private RegionDeclaration checked(final AnnotatedElement giver, final Object given) {
        if (given instanceof RegionDeclaration) {
            return (RegionDeclaration) given;
        }
        final String who =
                giver instanceof Member
                        ? '"' + ((Member) giver).getName() + "\" of the class \"" + name + '"'
                        : "The class \"" + name + '"';
        throw new RegionException(
                who
                        + " gives "
                        + (given == null ? "null" : "a " + given.getClass().getName())
                        + ", expected a RegionDeclaration.");
    }

    private RegionException wrongNumber(final List<AnnotatedElement> givers) {
        if (givers.isEmpty()) {
            return new RegionException(
                    "The class \""
                            + name
                            + "\" gives no declaration"
                            + (member.isEmpty() ? "" : " by the name \"" + member + '"')
                            + ", expected it to have "
                            + WAYS
                            + ".");
        }
        final String names =
                givers.stream()
                        .map(giver -> ((Member) giver).getName())
                        .sorted()
                        .distinct()
                        .collect(Collectors.joining(", "));
        return new RegionException(
                "The class \""
                        + name
                        + "\" gives several declarations ("
                        + names
                        + "): name one, as in "
                        + name
                        + "#"
                        + ((Member) givers.get(0)).getName()
                        + ".");
    }

    private RegionException failed(final Throwable cause) {
        final Throwable reason =
                cause instanceof ExceptionInInitializerError && cause.getCause() != null
                        ? cause.getCause()
                        : cause;
        final String where =
                Arrays.stream(reason.getStackTrace())
                        .filter(frame -> frame.getClassName().startsWith(name))
                        .findFirst()
                        .map(frame -> " at " + frame)
                        .orElse("");
        return new RegionException(
                "The class \""
                        + name
                        + "\" failed when it was asked for its declaration: "
                        + reason
                        + where,
                cause);
    }
}
