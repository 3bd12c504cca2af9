// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import dev.patchbay.layout.ModuleAbi;
import dev.patchbay.layout.Role;
import dev.patchbay.tools.project.BuildFile.Kind;
import dev.patchbay.tools.project.BuildFile.Located;
import dev.patchbay.tools.project.BuildFile.Module;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The modules of a build file that are libraries: {@code kind: native}. */
final class NativeModules {
    /** The key of a module that says where it runs. */
    static final String KIND = "kind";

    /** The key of a native module's file. */
    static final String LIBRARY = "library";

    private static final List<String> KEYS = List.of(KIND, LIBRARY, "exports");
    private static final String NATIVE = "native";
    private static final List<String> KINDS = List.of("jvm", NATIVE);

    private NativeModules() {}

    /**
     * Reads a module where it is a library.
     *
     * @param keys those that a module of this role may have
     * @return nothing where it runs in a JVM
     */
    static Optional<Module> read(final YamlMap map, final Role role, final List<String> keys) {
        final Optional<Located> kind =
                map.optionalText(KIND, YamlMap.join(KINDS))
                        .map(
                                found -> {
                                    if (!KINDS.contains(found.text())) {
                                        throw found.place()
                                                .error(
                                                        "is \""
                                                                + found.text()
                                                                + "\", allowed are "
                                                                + YamlMap.join(KINDS));
                                    }
                                    return found;
                                });
        if (kind.isEmpty() || !kind.get().text().equals(NATIVE)) {
            if (map.has(LIBRARY)) {
                throw map.placeOf(LIBRARY)
                        .error("is for a module with kind: native, which this one is not");
            }
            return Optional.empty();
        }
        for (final String key : keys) {
            if (map.has(key) && !KEYS.contains(key)) {
                throw map.placeOf(key)
                        .error(
                                "is for a module in a JVM, but this one has kind: native; allowed"
                                        + " are "
                                        + YamlMap.join(KEYS));
            }
        }
        return Optional.of(
                new Module(
                        role,
                        map.text(LIBRARY, "the path of a shared library"),
                        Collector.NORMAL,
                        0,
                        exports(map, role),
                        List.of(),
                        Aot.NEVER,
                        Kind.NATIVE));
    }

    private static List<Located> exports(final YamlMap map, final Role role) {
        final List<String> known =
                ModuleAbi.functions(role).stream().map(ModuleAbi.Function::name).toList();
        final List<Located> exports = map.optionalTexts("exports", "function names");
        final Set<String> seen = new HashSet<>();
        for (final Located export : exports) {
            if (!known.contains(export.text())) {
                throw export.place()
                        .error(
                                "names \""
                                        + export.text()
                                        + "\", allowed are the functions of a native "
                                        + role.name()
                                        + " module: "
                                        + YamlMap.join(known));
            }
            if (!seen.add(export.text())) {
                throw export.place()
                        .error("names \"" + export.text() + "\" twice, allowed is once");
            }
        }
        return List.copyOf(exports);
    }
}
