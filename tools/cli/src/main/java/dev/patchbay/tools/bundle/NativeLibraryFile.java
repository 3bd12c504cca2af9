// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import dev.patchbay.layout.ModuleAbi;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.project.BuildFile;
import dev.patchbay.tools.project.BuildFile.Located;
import dev.patchbay.tools.project.BuildFile.Module;
import dev.patchbay.tools.project.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The library of a native module, on its way into a bundle or in one. What the bridge would refuse when a host activates the plug-in is refused here,
 * with file, line and key.
 */
final class NativeLibraryFile {
    /** The program in whose process a native control module runs, below the bundle. */
    static final String MODULE_HOST = "Contents/x86_64-linux/patchbay-module-host";

    private static final int INFO_BYTES = 16;

    private final Module module;
    private final Located name;
    private final Path file;

    private NativeLibraryFile(final Module module, final Path file) {
        this.module = module;
        this.name = module.className();
        this.file = file;
    }

    /** Where the build file says. */
    static NativeLibraryFile ofProject(final BuildFile build, final Module module) {
        return new NativeLibraryFile(module, build.beside(module.className()).normalize());
    }

    /** As it lies in a bundle. */
    static NativeLibraryFile ofBundle(final Path bundle, final Module module) {
        return new NativeLibraryFile(module, bundle.resolve(inBundle(module)));
    }

    /** Where it lies, below the bundle. */
    static String inBundle(final Module module) {
        return JvmCommand.jars(module.role()) + "/" + fileName(module);
    }

    /** What it is called, wherever it lies. */
    static String fileName(final Module module) {
        return Path.of(module.className().text()).getFileName().toString();
    }

    /** The command line of the process of a control module. */
    static List<String> command(final Module module) {
        return List.of(
                "{bundle}/" + MODULE_HOST,
                "--region",
                "{region}",
                "--id",
                "{id}",
                "--host",
                "{pid}",
                "--generation",
                "{generation}",
                "--bundle",
                "{bundle}",
                "--library",
                inBundle(module));
    }

    /**
     * Checks that the bridge will take it.
     *
     * @param problems takes what is wrong, with where the build file names the library
     */
    void check(final Problems problems) {
        problems.attempt(() -> checkInfo(read()))
                .ifPresent(
                        library -> {
                            problems.attempt(() -> checkPresent(library.exports().keySet()));
                            problems.attempt(() -> checkKnown(library.exports().keySet()));
                        });
    }

    private void checkPresent(final Set<String> exports) {
        final List<String> missing = new ArrayList<>();
        for (final ModuleAbi.Function function : ModuleAbi.functions(module.role())) {
            final boolean named =
                    module.exports().stream().anyMatch(e -> e.text().equals(function.name()));
            if ((function.required() || named) && !exports.contains(function.name())) {
                missing.add(function.name());
            }
        }
        if (!missing.isEmpty()) {
            throw refused(
                    "does not export "
                            + String.join(" and ", missing)
                            + "; define it as patchbay/module.h declares it, with the names of C");
        }
    }

    /** A function that may be left out, with a slip of the pen, would never be called. */
    private void checkKnown(final Set<String> exports) {
        final List<String> known =
                ModuleAbi.functions(module.role()).stream().map(ModuleAbi.Function::name).toList();
        final String prefix = "pb_" + module.role().name() + "_";
        for (final String export : exports) {
            if (export.startsWith(prefix) && !known.contains(export)) {
                throw refused(
                        "exports "
                                + export
                                + ", which is no function of a native module, expected "
                                + String.join(", ", known));
            }
        }
    }

    /** Puts it into a bundle. */
    void copy(final Path bundle) throws IOException {
        final Path target = bundle.resolve(inBundle(module));
        Files.createDirectories(target.getParent());
        Files.write(target, Files.readAllBytes(file));
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private ElfLibrary read() {
        try {
            return ElfLibrary.read(Files.readAllBytes(file));
        } catch (final IOException e) {
            throw name.place()
                    .error(
                            "is \""
                                    + name.text()
                                    + "\", which cannot be read ("
                                    + e.getClass().getSimpleName()
                                    + "), expected a shared library, by its path from the build"
                                    + " file: build it first",
                            e);
        } catch (final IllegalArgumentException e) {
            throw name.place()
                    .error(
                            "is \""
                                    + name.text()
                                    + "\", which "
                                    + e.getMessage()
                                    + ", expected a shared library for x86-64",
                            e);
        }
    }

    private ElfLibrary checkInfo(final ElfLibrary library) {
        final ElfLibrary.Symbol info = library.exports().get(ModuleAbi.INFO);
        final ByteBuffer bytes =
                info == null || !info.isVariable() || info.size() < INFO_BYTES
                        ? null
                        : library.content(info).orElse(null);
        if (bytes == null) {
            throw refused(
                    "does not export the variable "
                            + ModuleAbi.INFO
                            + ", which says what it was compiled for; add \"PB_MODULE;\" to its"
                            + " source");
        }
        final int version = bytes.getInt(0);
        if (version != ModuleAbi.VERSION) {
            throw refused(
                    "was compiled for version "
                            + Integer.toUnsignedString(version)
                            + " of the interface of native modules, expected "
                            + ModuleAbi.VERSION
                            + "; compile it with this Patchbay's patchbay/module.h");
        }
        final long hash = bytes.getLong(8);
        if (hash != ModuleAbi.layoutHash()) {
            throw refused(
                    String.format(
                            Locale.ROOT,
                            "was compiled with structs of the hash 0x%016x, expected 0x%016x;"
                                    + " compile it with this Patchbay's patchbay/module.h",
                            hash,
                            ModuleAbi.layoutHash()));
        }
        return library;
    }

    private ToolException refused(final String why) {
        return name.place().error("is \"" + name.text() + "\", which " + why);
    }
}
