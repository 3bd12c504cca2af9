// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.layout.EngineRegion;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.project.BuildFile.Located;
import dev.patchbay.tools.project.BuildFile.Module;
import dev.patchbay.tools.project.BuildFile.Plugin;
import dev.patchbay.tools.project.BuildFile.SharedMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code build.yaml}. Every refusal is one sentence with file, line, key, what was found and what is allowed. */
public final class BuildFileReader {
    private static final Pattern CLASS_NAME =
            Pattern.compile("[\\p{Alpha}_$][\\w$]*(\\.[\\p{Alpha}_$][\\w$]*)*");
    private static final Pattern FILE_NAME =
            Pattern.compile("[^/\\\\:\\p{Cntrl}.][^/\\\\:\\p{Cntrl}]*");
    private static final Pattern VERSION =
            Pattern.compile("[0-9]+(\\.[0-9]+){0,3}([-+][0-9A-Za-z.-]+)?");
    private static final int CHANNEL_PRESSURE = 128;
    private static final int PITCH_WHEEL = 129;
    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final long DEFAULT_HEAP = 256 * MIB;
    private static final List<String> MODULE_KEYS =
            List.of(
                    "class",
                    "gc",
                    "heap",
                    "exports",
                    "jvm_flags",
                    NativeModules.KIND,
                    NativeModules.LIBRARY);
    private static final List<String> RT_KEYS =
            Stream.concat(MODULE_KEYS.stream(), Stream.of("share", "spare", "aot")).toList();

    private final Path file;
    private final String name;

    private BuildFileReader(final Path file) {
        this.file = file;
        this.name = file.toString();
    }

    /**
     * Reads a file.
     *
     * @param path the file, or the folder that holds {@code build.yaml}
     * @throws ToolException if it cannot be read or says what is not allowed
     */
    public static BuildFile read(final Path path) {
        return new BuildFileReader(Files.isDirectory(path) ? path.resolve("build.yaml") : path)
                .read();
    }

    private BuildFile read() {
        final Place whole = new Place(name, 1, "");
        final YamlMap top =
                new YamlMap(
                        whole,
                        compose(whole),
                        List.of("plugin", "modules", "shared_memory", "midi"));
        final YamlMap modules = top.map("modules", "rt", "control");
        final YamlMap rt = modules.map("rt", RT_KEYS.toArray(String[]::new));
        return new BuildFile(
                file,
                plugin(
                        top.map(
                                "plugin",
                                "name",
                                "vendor",
                                "version",
                                "url",
                                "email",
                                "kind",
                                "category",
                                "inputs",
                                "outputs",
                                "uid")),
                module(rt, Role.RT, RT_KEYS),
                share(rt),
                rt.optionalTruth("spare").orElse(false),
                module(
                        modules.map("control", MODULE_KEYS.toArray(String[]::new)),
                        Role.CONTROL,
                        MODULE_KEYS),
                memory(top.map("shared_memory", "layout", "parameters", "size")),
                controllers(top));
    }

    private Node compose(final Place whole) {
        final String text;
        try {
            text = Files.readString(file);
        } catch (final IOException e) {
            throw new ToolException(
                    name
                            + " cannot be read ("
                            + e.getClass().getSimpleName()
                            + "): expected a build.yaml, or the folder that holds one.",
                    e);
        }
        try {
            return new Compose(LoadSettings.builder().setLabel(name).setUseMarks(true).build())
                    .composeString(text)
                    .orElseThrow(
                            () ->
                                    whole.error(
                                            "is empty, expected the keys plugin, modules and"
                                                    + " shared_memory"));
        } catch (final MarkedYamlEngineException e) {
            final int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new Place(name, line, "")
                    .error("is not YAML: " + e.getProblem().replace('\n', ' '), e);
        } catch (final YamlEngineException e) {
            throw whole.error(
                    "is not YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private static Plugin plugin(final YamlMap map) {
        final Located pluginName = identity(map, "name");
        if (!FILE_NAME.matcher(pluginName.text()).matches()) {
            throw pluginName
                    .place()
                    .error(
                            "is \""
                                    + pluginName.text()
                                    + "\", expected a name that can be a file's: no slash,"
                                    + " backslash or colon, and no full stop at its start");
        }
        final Located vendor = identity(map, "vendor");
        final boolean instrument =
                choice(map.text("kind", "instrument or effect"), List.of("instrument", "effect"))
                        .equals("instrument");
        final int inputs = map.optionalInteger("inputs", 0, 32).orElse(instrument ? 0 : 2);
        final int outputs = map.optionalInteger("outputs", 1, 32).orElse(2);
        return new Plugin(
                pluginName.text(),
                vendor.text(),
                version(map),
                optional(map, "url", ""),
                optional(map, "email", ""),
                instrument,
                optional(map, "category", instrument ? "Instrument|Synth" : "Fx"),
                inputs,
                outputs,
                uid(map, vendor.text() + "/" + pluginName.text()));
    }

    private static Located identity(final YamlMap map, final String key) {
        return fitting(map.text(key, "a text"), key);
    }

    private static String optional(final YamlMap map, final String key, final String otherwise) {
        return map.optionalText(key, "a text")
                .map(text -> fitting(text, key).text())
                .orElse(otherwise);
    }

    /** The region's field of this name has so much room and no more. */
    private static Located fitting(final Located text, final String field) {
        final int room = StandardStructs.PLUGIN_INFO.field(field).count() - 1;
        final int bytes = text.text().getBytes(UTF_8).length;
        if (bytes > room) {
            throw text.place().error("has " + bytes + " bytes of UTF-8, allowed are " + room);
        }
        return text;
    }

    private static String version(final YamlMap map) {
        final String expected = "a version such as 1.0.0";
        final Located version = fitting(map.scalar("version", expected), "version");
        if (!VERSION.matcher(version.text()).matches()) {
            throw version.place().error("is \"" + version.text() + "\", expected " + expected);
        }
        return version.text();
    }

    private static byte[] uid(final YamlMap map, final String identity) {
        if (!map.has("uid")) {
            try {
                return Arrays.copyOf(
                        MessageDigest.getInstance("SHA-256").digest(identity.getBytes(UTF_8)), 16);
            } catch (final NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-256.", e);
            }
        }
        final Located uid = map.scalar("uid", "32 hexadecimal digits");
        if (!uid.text().matches("[0-9A-Fa-f]{32}")) {
            throw uid.place()
                    .error("is \"" + uid.text() + "\", expected 32 hexadecimal digits, in quotes");
        }
        return HexFormat.of().parseHex(uid.text());
    }

    private static Module module(final YamlMap map, final Role role, final List<String> keys) {
        return NativeModules.read(map, role, keys)
                .orElseGet(
                        () ->
                                new Module(
                                        role,
                                        className(map, "class"),
                                        collector(map, role),
                                        heap(map),
                                        exports(map),
                                        JvmFlags.checked(
                                                map.optionalTexts(
                                                        "jvm_flags", "options of the JVM")),
                                        aot(map, role)));
    }

    private static long heap(final YamlMap map) {
        return map.has("heap")
                ? ByteSize.parse(map.text("heap", "a size such as 256m"), 16 * MIB, 64 * GIB)
                : DEFAULT_HEAP;
    }

    /** Who shares an engine process; all instances, where nothing is said. */
    private static EngineRegion.Share share(final YamlMap map) {
        if (!map.has("share")) {
            return EngineRegion.Share.BUNDLE;
        }
        final List<String> allowed = new ArrayList<>();
        for (final EngineRegion.Share share : EngineRegion.Share.values()) {
            allowed.add(share.name().toLowerCase(Locale.ROOT));
        }
        final Located text = map.text("share", YamlMap.join(allowed));
        return EngineRegion.Share.values()[allowed.indexOf(choice(text, allowed))];
    }

    private static Aot aot(final YamlMap map, final Role role) {
        if (role != Role.RT) {
            return Aot.NEVER;
        }
        return map.optionalTruth("aot")
                .map(wanted -> wanted ? Aot.ALWAYS : Aot.NEVER)
                .orElse(Aot.WHERE_POSSIBLE);
    }

    private static Located className(final YamlMap map, final String key) {
        final Located found = map.text(key, "the name of a class");
        if (!CLASS_NAME.matcher(found.text()).matches()) {
            throw found.place()
                    .error("is \"" + found.text() + "\", expected the full name of a class");
        }
        return found;
    }

    /** A control module allocates by nature, so it cannot do without a collector. */
    private static Collector collector(final YamlMap map, final Role role) {
        final List<String> allowed = new ArrayList<>();
        for (final Collector collector : Collector.values()) {
            if (role == Role.RT || collector != Collector.DISABLED) {
                allowed.add(collector.key());
            }
        }
        return Collector.ofKey(choice(map.text("gc", YamlMap.join(allowed)), allowed))
                .orElseThrow();
    }

    private static List<Located> exports(final YamlMap map) {
        final List<Located> exports = map.texts("exports", "method names");
        final Set<String> seen = new HashSet<>();
        for (final Located export : exports) {
            if (!seen.add(export.text())) {
                throw export.place()
                        .error("names \"" + export.text() + "\" twice, allowed is once");
            }
        }
        return List.copyOf(exports);
    }

    private static SharedMemory memory(final YamlMap map) {
        choice(map.text("layout", "standard"), List.of("standard"));
        return new SharedMemory(
                className(map, "parameters"),
                ByteSize.parse(map.text("size", "a size such as 2m"), 4 * KIB, GIB),
                map.placeOf("size"));
    }

    private static SortedSet<Integer> controllers(final YamlMap top) {
        final SortedSet<Integer> controllers =
                new TreeSet<>(List.of(CHANNEL_PRESSURE, PITCH_WHEEL));
        if (top.has("midi")) {
            controllers.addAll(
                    top.map("midi", "controllers").optionalIntegers("controllers", 0, PITCH_WHEEL));
        }
        return controllers;
    }

    private static String choice(final Located text, final List<String> allowed) {
        if (!allowed.contains(text.text())) {
            throw text.place()
                    .error(
                            "is \""
                                    + text.text()
                                    + "\", allowed "
                                    + (allowed.size() == 1 ? "is " : "are ")
                                    + YamlMap.join(allowed));
        }
        return text.text();
    }
}
