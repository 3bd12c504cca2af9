// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Versions of one module, as its author would build them: compiled here, each into a jar. The module is called by a letter; its state is the letters of
 * all that have had it, this one's at its end.
 */
final class Versions {
    static final String MODULE = "versions.Module";

    private static final String SOURCE =
            """
package versions;

import dev.patchbay.control.*;
import dev.patchbay.control.parameter.*;
import dev.patchbay.control.state.*;
import java.nio.charset.StandardCharsets;

public final class Module implements ControlModule {
    /** Each version takes memory of its own, so that what is never given back is noticed. */
    private static final byte[] BALLAST = new byte[200_000];
    private String history = "";
    private String more = "";
    private ControlContext context;

    @Override
    public void init(final ControlContext context) {
        this.context = context;
        INIT
    }

    @Override
    public void setParameter(final int index, final float normalized) {
        more = index == 1 && normalized > 0 ? " " + normalized : more;
    }

    @Override
    public byte[] saveState() {
        return (history + "NAME" + more).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void loadState(final byte[] state) {
        LOAD
        history = new String(state, StandardCharsets.UTF_8).split(" ")[0];
    }

    @Override
    public StateVersions stateVersions() {
        return VERSIONS;
    }

    @Override
    public void close() {
        CLOSE
        System.err.println("NAME was closed");
    }
}
""";

    private final Path folder;

    Versions(final Path folder) {
        this.folder = folder;
    }

    /** A version that does nothing special. */
    Path jar(final String name) throws IOException {
        return jar(name, "", "");
    }

    /** One with something of its own in a place: INIT, LOAD, VERSIONS or CLOSE. */
    Path jar(final String name, final String place, final String text) throws IOException {
        String source = SOURCE;
        if (!place.isEmpty()) {
            source = source.replace(place, text);
        }
        source = source.replace("NAME", name).replace("VERSIONS", "StateVersions.FIRST");
        source = source.replaceAll("\\b(INIT|LOAD|CLOSE)\\b", "");
        final Path file = Files.createDirectories(folder.resolve(name)).resolve("Module.java");
        Files.writeString(file, source);
        final Path classes = folder.resolve(name).resolve("classes");
        final List<String> options =
                List.of(
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        file.toString());
        assertEquals(
                0,
                ToolProvider.findFirst("javac")
                        .orElseThrow()
                        .run(System.out, System.err, options.toArray(String[]::new)),
                "the compiler's status");
        final Path jar = folder.resolve(name + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (final Path one : files.filter(Files::isRegularFile).sorted().toList()) {
                entries.putNextEntry(new JarEntry(classes.relativize(one).toString()));
                Files.copy(one, entries);
            }
        }
        return jar;
    }

    /** The jar that the process is started with, in a folder of its own. */
    Path install(final Path version) throws IOException {
        final Path installed =
                Files.createDirectories(folder.resolve("bundle")).resolve("module.jar");
        Files.copy(version, installed, StandardCopyOption.REPLACE_EXISTING);
        return installed;
    }
}
