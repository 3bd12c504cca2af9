// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.layout.Role;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.project.BuildFile.Located;
import dev.patchbay.tools.project.BuildFile.Module;
import dev.patchbay.tools.project.BuildFile.Plugin;
import dev.patchbay.tools.project.BuildFile.SharedMemory;
import dev.patchbay.tools.project.MapShape.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads {@code build.yaml} by {@link BuildFileKeys}. Each refusal is one sentence with file, line, key, what was found and what is
 * allowed; all that can be told of a file is told at once.
 */
public final class BuildFileReader {
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
     * @throws ToolException if it cannot be read or says what is not allowed, with a line for each error
     */
    public static BuildFile read(final Path path) {
        return new BuildFileReader(Files.isDirectory(path) ? path.resolve("build.yaml") : path)
                .read();
    }

    private BuildFile read() {
        final Place whole = new Place(name, 1, "");
        final Problems problems = new Problems();
        final Values top = BuildFileKeys.FILE.read(whole, compose(whole), problems);
        problems.throwIfAny();
        final Values modules = top.get(BuildFileKeys.MODULES_MAP);
        final Values rt = modules.get(BuildFileKeys.RT_MAP);
        final Values control = modules.get(BuildFileKeys.CONTROL_MAP);
        final Plugin plugin = plugin(top.get(BuildFileKeys.PLUGIN_MAP));
        return new BuildFile(
                file,
                plugin,
                rt(rt),
                rt.get(ModuleKeys.SHARE),
                rt.get(ModuleKeys.SPARE),
                control(control),
                modules.find(BuildFileKeys.UI_MAP).map(BuildFileReader::ui),
                modules.find(BuildFileKeys.UI_MAP).filter(ModuleKeys::isOwnProcess).isPresent(),
                memory(top.get(BuildFileKeys.MEMORY_MAP)),
                BusReader.read(top, plugin.instrument()),
                MidiReader.read(top.find(BuildFileKeys.MIDI_MAP)),
                automationPoints(top));
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
                                            "is empty, expected " + BuildFileKeys.FILE.expected()));
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

    private static Plugin plugin(final Values map) {
        final Located pluginName = map.get(BuildFileKeys.NAME);
        final Located vendor = map.get(BuildFileKeys.VENDOR);
        final boolean instrument = map.get(BuildFileKeys.INSTRUMENT);
        return new Plugin(
                pluginName.text(),
                vendor.text(),
                map.get(BuildFileKeys.VERSION).text(),
                text(map, BuildFileKeys.URL, ""),
                text(map, BuildFileKeys.EMAIL, ""),
                instrument,
                text(map, BuildFileKeys.CATEGORY, instrument ? "Instrument|Synth" : "Fx"),
                uid(map, vendor.text() + "/" + pluginName.text()),
                map.find(BuildFileKeys.SNAPSHOT));
    }

    private static String text(final Values map, final Key<Located> key, final String otherwise) {
        return map.find(key).map(Located::text).orElse(otherwise);
    }

    private static byte[] uid(final Values map, final String identity) {
        return map.find(BuildFileKeys.UID)
                .map(uid -> HexFormat.of().parseHex(uid.text()))
                .orElseGet(() -> Arrays.copyOf(sha256(identity), 16));
    }

    private static byte[] sha256(final String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static Module rt(final Values map) {
        return library(map, Role.RT, ModuleKeys.RT_FUNCTIONS)
                .orElseGet(() -> module(map, Role.RT, map.get(ModuleKeys.RT_GC), aot(map)));
    }

    private static Module control(final Values map) {
        return library(map, Role.CONTROL, ModuleKeys.CONTROL_FUNCTIONS)
                .orElseGet(
                        () -> module(map, Role.CONTROL, map.get(ModuleKeys.CONTROL_GC), Aot.NEVER));
    }

    private static Module ui(final Values map) {
        return library(map, Role.UI, ModuleKeys.UI_FUNCTIONS)
                .orElseGet(
                        () ->
                                new Module(
                                        Role.UI,
                                        map.get(ModuleKeys.CLASS),
                                        Collector.NORMAL,
                                        map.get(ModuleKeys.UI_HEAP),
                                        map.get(ModuleKeys.EXPORTS),
                                        List.of(),
                                        Aot.NEVER,
                                        List.of()));
    }

    /** A module that is a library; nothing where it is a class. */
    private static Optional<Module> library(
            final Values map, final Role role, final Key<List<String>> functions) {
        return map.find(ModuleKeys.LIBRARY)
                .map(
                        library ->
                                Module.ofLibrary(
                                        role,
                                        library,
                                        map.get(functions).stream()
                                                .map(
                                                        name ->
                                                                new Located(
                                                                        name, map.place(functions)))
                                                .toList()));
    }

    private static Module module(
            final Values map, final Role role, final Collector collector, final Aot aot) {
        return new Module(
                role,
                map.get(ModuleKeys.CLASS),
                collector,
                map.get(ModuleKeys.HEAP),
                map.get(ModuleKeys.EXPORTS),
                map.get(ModuleKeys.JVM_FLAGS),
                aot,
                map.get(ModuleKeys.PATHS));
    }

    private static Aot aot(final Values map) {
        return map.find(ModuleKeys.AOT)
                .map(wanted -> wanted ? Aot.ALWAYS : Aot.NEVER)
                .orElse(Aot.WHERE_POSSIBLE);
    }

    private static SharedMemory memory(final Values map) {
        return new SharedMemory(
                map.get(BuildFileKeys.PARAMETERS),
                map.get(BuildFileKeys.SIZE),
                map.place(BuildFileKeys.SIZE),
                map.get(BuildFileKeys.MAX_PARAMETERS),
                map.get(BuildFileKeys.VOICES));
    }

    private static OptionalInt automationPoints(final Values top) {
        return top.find(BuildFileKeys.AUTOMATION_MAP)
                .flatMap(automation -> automation.find(BuildFileKeys.AUTOMATION_POINTS))
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }
}
