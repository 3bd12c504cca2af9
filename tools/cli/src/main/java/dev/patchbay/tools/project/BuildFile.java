// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import dev.patchbay.layout.AudioBus;
import dev.patchbay.layout.DeclaredExpression;
import dev.patchbay.layout.EngineRegion;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * What an author declares of a plug-in: a checked {@code build.yaml}.
 *
 * @param file where it was read from
 * @param plugin what a host shows
 * @param rt the module that makes the sound
 * @param share which instances share an engine process
 * @param spare whether a second engine process is kept warm, to take the place of one that dies
 * @param control the module that does all else
 * @param ui the module that says what the panel shows of the plug-in's own, if there is one beside control
 * @param ownUiProcess whether that one has a process of its own, which control starts
 * @param memory the shared region
 * @param buses the audio buses, inputs first
 * @param midi the MIDI that comes and goes
 * @param automationPoints the most points of automation, of all lanes together; empty for the usual room
 */
public record BuildFile(
        Path file,
        Plugin plugin,
        Module rt,
        EngineRegion.Share share,
        boolean spare,
        Module control,
        Optional<Module> ui,
        boolean ownUiProcess,
        SharedMemory memory,
        List<AudioBus> buses,
        Midi midi,
        OptionalInt automationPoints) {

    /**
     * What a host shows of the plug-in.
     *
     * @param name a file name, too: of the library in the bundle
     * @param vendor who made it
     * @param version such as 1.0.0
     * @param url may be empty
     * @param email may be empty
     * @param instrument whether it makes sound from notes
     * @param category the host's sub-categories, such as {@code Instrument|Synth}
     * @param uid the class id, 16 bytes
     * @param snapshot the author's picture, a file beside the build file; empty where one is to be drawn
     */
    public record Plugin(
            String name,
            String vendor,
            String version,
            String url,
            String email,
            boolean instrument,
            String category,
            byte[] uid,
            Optional<Located> snapshot) {
        /** Copies the id. */
        public Plugin {
            uid = uid.clone();
        }

        /** The class id. */
        @Override
        public byte[] uid() {
            return uid.clone();
        }
    }

    /** What a module is made of. */
    public enum Kind {
        /** A class, in a process of its own with a JVM. */
        JVM,

        /**
         * A shared library: of RT in the host's process, of control in a process of its own, of the user interface in control's or one of
         * its own.
         */
        NATIVE
    }

    /**
     * The MIDI that comes and goes.
     *
     * @param controllers the controllers that reach the plug-in: 0 to 127, 128 for channel pressure, 129 for the pitch wheel
     * @param output whether the module plays events to the host
     * @param expressions the note expressions that the plug-in understands
     */
    public record Midi(
            SortedSet<Integer> controllers, boolean output, List<DeclaredExpression> expressions) {}

    /**
     * A module.
     *
     * @param role whose it is
     * @param className the class, and where it is named; of a native module the library's path, from the build file's folder
     * @param collector its garbage collector
     * @param heapBytes the most heap it may have
     * @param exports the methods of the role's interface that it serves
     * @param jvmFlags options of its JVM beside those that Patchbay gives
     * @param aot whether it gets an AOT cache; never for control, nor for a native one
     * @param paths jars and folders of classes that this module alone gets, relative to the build file
     * @param kind what it is made of; a native one has no collector, heap, options, AOT cache and paths that count
     */
    public record Module(
            Role role,
            Located className,
            Collector collector,
            long heapBytes,
            List<Located> exports,
            List<Located> jvmFlags,
            Aot aot,
            List<Located> paths,
            Kind kind) {
        /** One in a JVM. */
        public Module(
                final Role role,
                final Located className,
                final Collector collector,
                final long heapBytes,
                final List<Located> exports,
                final List<Located> jvmFlags,
                final Aot aot,
                final List<Located> paths) {
            this(role, className, collector, heapBytes, exports, jvmFlags, aot, paths, Kind.JVM);
        }

        /** One in a library. */
        static Module ofLibrary(
                final Role role, final Located library, final List<Located> exports) {
            return new Module(
                    role,
                    library,
                    Collector.NORMAL,
                    0,
                    exports,
                    List.of(),
                    Aot.NEVER,
                    List.of(),
                    Kind.NATIVE);
        }

        /** {@return whether it is a library} */
        public boolean isNative() {
            return kind == Kind.NATIVE;
        }
    }

    /** {@return all modules} */
    public List<Module> modules() {
        return Stream.concat(Stream.of(rt, control), ui.stream()).toList();
    }

    /** {@return those of them that run in a JVM which the bridge starts} */
    public List<Module> jvmModules() {
        return Stream.of(rt, control).filter(module -> !module.isNative()).toList();
    }

    /** {@return those of them that are libraries} */
    public List<Module> nativeModules() {
        return modules().stream().filter(Module::isNative).toList();
    }

    /**
     * The region.
     *
     * @param parameters the class that names the parameters
     * @param sizeBytes the most bytes that the region may have
     * @param sizePlace where the size is named
     * @param maxParameters how many parameters it has room for
     * @param voices how many voices it shows
     */
    public record SharedMemory(
            Located parameters, long sizeBytes, Place sizePlace, int maxParameters, int voices) {}

    /**
     * A text and where it stands.
     *
     * @param text the text
     * @param place where it stands
     */
    public record Located(String text, Place place) {}

    /** How many of each the region has. */
    public StandardRegion.Counts counts() {
        final StandardRegion.Counts n = StandardRegion.Counts.DEFAULT;
        final StandardRegion.Counts usual =
                new StandardRegion.Counts(
                                memory.maxParameters(),
                                memory.voices(),
                                n.inputChannels(),
                                n.outputChannels(),
                                n.maxFrames(),
                                n.hostEvents(),
                                n.controlEvents(),
                                n.stateBytes())
                        .withBuses(buses);
        return automationPoints.isPresent()
                ? usual.withAutomationPoints(automationPoints.getAsInt())
                : usual;
    }

    /**
     * The files of a module's own class path.
     *
     * @throws dev.patchbay.tools.ToolException if one does not exist, with a line for each
     */
    public List<Path> paths(final Module module) {
        final Problems problems = new Problems();
        final List<Path> paths = new ArrayList<>();
        for (final Located path : module.paths()) {
            final Path found = beside(path);
            if (!Files.exists(found)) {
                problems.add(
                        path.place()
                                .error(
                                        "is \""
                                                + path.text()
                                                + "\", which does not exist, expected a jar or a"
                                                + " folder of classes beside the build file: build"
                                                + " the project first"));
            }
            paths.add(found);
        }
        problems.throwIfAny();
        return paths;
    }

    /** A file that is named as it lies beside the build file. */
    public Path beside(final Located path) {
        return file.toAbsolutePath().resolveSibling(path.text());
    }
}
