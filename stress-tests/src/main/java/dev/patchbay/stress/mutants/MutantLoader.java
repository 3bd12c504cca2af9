// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.mutants;

import dev.patchbay.stress.model.NamedScenario;
import dev.patchbay.stress.model.Scenarios;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Loads the primitives and the scenarios anew, with some classes replaced; the model, Agrona and the layout are those of everyone,
 * so what one loader makes does not meet what another makes but for what both share.
 */
final class MutantLoader extends ClassLoader {
    /** What is mutated, and what calls it: a scenario that met another loader's classes would reach no mutant. */
    private static final Pattern OWN =
            Pattern.compile(
                    "dev\\.patchbay\\.(atomics|eventqueue)\\..*"
                        + "|dev\\.patchbay\\.stress\\.model\\.(\\w*Scenarios|NumberCells|(?!Named)\\w+Scenario)(\\$.*)?");

    private static final Map<String, byte[]> ORIGINALS = new ConcurrentHashMap<>();
    private static final Map<String, byte[]> COUNTED = new ConcurrentHashMap<>();

    private final Map<String, byte[]> replaced;

    MutantLoader(final Map<String, byte[]> replaced) {
        super(MutantLoader.class.getClassLoader());
        this.replaced = replaced;
    }

    /** The bytes of a class as it is. */
    static byte[] original(final String name) {
        return ORIGINALS.computeIfAbsent(name, MutantLoader::read);
    }

    private static byte[] read(final String name) {
        final String path = name.replace('.', '/') + ".class";
        try (InputStream in = MutantLoader.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("The class " + name + " is not on the class path.");
            }
            return in.readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All scenarios, made of the classes of this loader. */
    @SuppressWarnings("unchecked")
    List<NamedScenario> scenarios() {
        try {
            return (List<NamedScenario>)
                    loadClass(Scenarios.class.getName()).getMethod("all").invoke(null);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("The scenarios cannot be loaded anew.", e);
        }
    }

    @Override
    protected Class<?> loadClass(final String name, final boolean resolve)
            throws ClassNotFoundException {
        if (!OWN.matcher(name).matches()) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            final Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            byte[] bytes = replaced.get(name);
            if (bytes == null) {
                bytes = COUNTED.computeIfAbsent(name, n -> Rewriter.mutated(original(n), null));
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
