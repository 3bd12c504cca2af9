// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import dev.patchbay.layout.AudioBus.Direction;
import dev.patchbay.layout.StandardRegion.ModuleKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes what a plug-in's build knows into the initial image of a standard region: identity, modules, parameters and their
 * defaults.
 */
public final class PluginImage {
    /** The most bytes of the command line of a module. */
    public static final int MAX_ARGUMENT_BYTES =
            StandardStructs.MODULE_INFO.field("arguments").count();

    private final StandardRegion.Counts counts;
    private final RegionDeclaration declaration;
    private final RegionImage image;

    /**
     * Starts an image. Each direction that has channels gets one bus with all of them.
     *
     * @param counts the region's counts
     */
    public PluginImage(final StandardRegion.Counts counts) {
        declaration = StandardRegion.declare(counts);
        image = new RegionImage(declaration);
        final List<AudioBus> usual = new ArrayList<>();
        if (counts.inputChannels() > 0) {
            usual.add(AudioBus.main(Direction.INPUT, counts.inputChannels()));
        }
        if (counts.outputChannels() > 0) {
            usual.add(AudioBus.main(Direction.OUTPUT, counts.outputChannels()));
        }
        this.counts = counts;
        buses(usual);
    }

    /** {@return the image as written so far} */
    public RegionImage image() {
        return image;
    }

    /**
     * Sets the identity.
     *
     * @param identity what a host shows
     * @return this image
     * @throws IllegalArgumentException if a text is too long
     */
    public PluginImage identity(final Identity identity) {
        final Section plugin = declaration.section(StandardRegion.PLUGIN);
        image.set(plugin, 0, "name", identity.name());
        image.set(plugin, 0, "vendor", identity.vendor());
        image.set(plugin, 0, "version", identity.version());
        image.set(plugin, 0, "url", identity.url());
        image.set(plugin, 0, "email", identity.email());
        image.set(plugin, 0, "category", identity.category());
        image.set(plugin, 0, "uid", identity.uid());
        image.set(plugin, 0, "instrument", identity.instrument() ? 1L : 0L);
        return this;
    }

    /**
     * Sets the buses.
     *
     * @param buses in the order in which a host counts those of each direction
     * @return this image
     * @throws IllegalArgumentException if there are more than {@value StandardRegion#MAX_BUSES}, they have other channels than the region,
     *     or a name is too long
     */
    public PluginImage buses(final List<AudioBus> buses) {
        final StandardRegion.Counts needed = counts.withBuses(buses);
        if (buses.size() > StandardRegion.MAX_BUSES || !needed.equals(counts)) {
            throw new IllegalArgumentException(
                    "The plug-in declares "
                            + buses.size()
                            + " buses with "
                            + needed.inputChannels()
                            + " input and "
                            + needed.outputChannels()
                            + " output channels, but the region has room for "
                            + StandardRegion.MAX_BUSES
                            + " and is made for "
                            + counts.inputChannels()
                            + " and "
                            + counts.outputChannels()
                            + " channels.");
        }
        int number = 0;
        for (final Direction direction : Direction.values()) {
            int channel = 0;
            for (final AudioBus bus : AudioBus.of(buses, direction)) {
                set(number++, channel, bus);
                channel += bus.channels();
            }
        }
        image.set(plugin(), 0, "bus_count", (long) number);
        return this;
    }

    private void set(final int number, final int channel, final AudioBus bus) {
        final Section infos = declaration.section(StandardRegion.BUSES);
        final ByteBuffer masks =
                ByteBuffer.allocate(AudioBus.MAX_ARRANGEMENTS * Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        bus.arrangements().forEach(masks::putLong);
        image.set(infos, number, "arrangements", masks.array());
        image.set(infos, number, "first_channel", (long) channel);
        image.set(infos, number, "channels", (long) bus.channels());
        image.set(infos, number, "output", bus.direction() == Direction.OUTPUT ? 1L : 0L);
        image.set(infos, number, "side_chain", bus.sideChain() ? 1L : 0L);
        image.set(infos, number, "name", bus.name());
        image.set(
                declaration.section(StandardRegion.BUS_CHANNELS),
                number,
                bus.sideChain() ? 0 : bus.defaultChannels());
    }

    /**
     * Sets which note expressions the plug-in understands.
     *
     * @param expressions in the order in which a host lists them
     * @return this image
     * @throws IllegalArgumentException if there are more than {@value StandardRegion#MAX_NOTE_EXPRESSIONS}, one is there twice, or a text
     *     is too long
     */
    public PluginImage noteExpressions(final List<DeclaredExpression> expressions) {
        if (expressions.size() > StandardRegion.MAX_NOTE_EXPRESSIONS) {
            throw new IllegalArgumentException(
                    "The plug-in declares "
                            + expressions.size()
                            + " note expressions, but at most "
                            + StandardRegion.MAX_NOTE_EXPRESSIONS
                            + " are possible.");
        }
        final Section infos = declaration.section(StandardRegion.NOTE_EXPRESSIONS);
        final Set<List<Integer>> seen = new HashSet<>();
        for (int i = 0; i < expressions.size(); i++) {
            final DeclaredExpression e = expressions.get(i);
            if (!seen.add(List.of(e.expression(), e.number()))) {
                throw new IllegalArgumentException(
                        "The note expression \"" + e.name() + "\" is declared twice.");
            }
            final NoteExpression.Range range = NoteExpression.all().get(e.expression());
            image.set(infos, i, "minimum", range.minimum());
            image.set(infos, i, "maximum", range.maximum());
            image.set(infos, i, "neutral", range.neutral());
            image.set(infos, i, "expression", (long) e.expression());
            image.set(infos, i, "number", (long) e.number());
            image.set(infos, i, "gesture", (long) e.gesture().ordinal());
            image.set(infos, i, "name", e.name());
            image.set(infos, i, "short_name", e.shortName());
            image.set(infos, i, "unit", range.unit());
        }
        image.set(plugin(), 0, "note_expression_count", (long) expressions.size());
        return this;
    }

    /**
     * Sets whether the module plays events to the host.
     *
     * @param wanted whether the plug-in has an event output
     * @return this image
     */
    public PluginImage eventOutput(final boolean wanted) {
        image.set(plugin(), 0, "event_output", wanted ? 1L : 0L);
        return this;
    }

    private Section plugin() {
        return declaration.section(StandardRegion.PLUGIN);
    }

    /**
     * Sets which MIDI controllers reach the plug-in.
     *
     * @param numbers 0 to 127, or 128 for channel pressure and 129 for the pitch wheel
     * @return this image
     * @throws IllegalArgumentException if a number is none of these
     */
    public PluginImage controllers(final Iterable<Integer> numbers) {
        final byte[] wanted = new byte[130];
        for (final int number : numbers) {
            if (number < 0 || number >= wanted.length) {
                throw new IllegalArgumentException(
                        "A MIDI controller is 0 to 127, 128 for channel pressure or 129 for the"
                                + " pitch wheel, but "
                                + number
                                + " was declared.");
            }
            wanted[number] = 1;
        }
        image.set(declaration.section(StandardRegion.PLUGIN), 0, "controllers", wanted);
        return this;
    }

    /**
     * Sets the parameters and puts their defaults in place.
     *
     * @param parameters in the order of their indices
     * @return this image
     * @throws IllegalArgumentException if there are more than the region has cells, two share an id or a symbol, or flags
     *     say what no host understands: several bypass switches, programs without names
     */
    public PluginImage parameters(final List<Parameter> parameters) {
        final Section cells = declaration.section(StandardRegion.PARAMETERS);
        if (parameters.size() > cells.count()) {
            throw new IllegalArgumentException(
                    "The plug-in declares "
                            + parameters.size()
                            + " parameters, but the region has cells for "
                            + cells.count()
                            + ".");
        }
        Parameter.checkDistinct(parameters);
        checkFlags(parameters);
        image.writeParameters(cells, parameters);
        image.set(
                declaration.section(StandardRegion.PLUGIN),
                0,
                "parameter_count",
                (long) parameters.size());
        return this;
    }

    /** What hosts rely on: one bypass switch with two positions, and for each group at most one list of programs, with names. */
    private static void checkFlags(final List<Parameter> parameters) {
        final Set<Object> seen = new HashSet<>();
        for (final Parameter p : parameters) {
            final String who = "The parameter \"" + p.symbol() + "\" ";
            if (p.flags().contains(Parameter.Flag.BYPASS)) {
                if (p.stepCount() != 1) {
                    throw new IllegalArgumentException(
                            who
                                    + "is a bypass switch, whose step count is 1, but it has "
                                    + p.stepCount()
                                    + ".");
                }
                if (!seen.add(Parameter.Flag.BYPASS)) {
                    throw new IllegalArgumentException(
                            who + "is a second bypass switch, but a plug-in has at most one.");
                }
            }
            if (p.flags().contains(Parameter.Flag.PROGRAM_CHANGE)) {
                if (p.valueNames().isEmpty()) {
                    throw new IllegalArgumentException(
                            who + "selects programs, so its values need names.");
                }
                if (!seen.add(p.group())) {
                    throw new IllegalArgumentException(
                            who
                                    + "is a second one that selects the programs of the group \""
                                    + p.group()
                                    + "\", but a group has at most one.");
                }
            }
        }
    }

    /**
     * Sets the command line of a module's process. The bridge replaces what stands in braces: {@code {bundle}} the bundle's
     * folder, {@code {pid}} its own process, {@code {region}} the region's path, {@code {logs}} the folder for logs,
     * {@code {id}} the region's id. A word with
     * {@code {logs}} is left out where there is no folder for logs.
     *
     * @param role whose process it is
     * @param readyMillis how long it may take to become ready, in milliseconds
     * @param arguments the program and its arguments
     * @return this image
     * @throws IllegalArgumentException if the command line, in UTF-8 with a 0 byte after each argument, has more than
     *     {@link #MAX_ARGUMENT_BYTES} bytes
     */
    public PluginImage module(
            final Role role, final int readyMillis, final List<String> arguments) {
        return module(role, ModuleKind.PROCESS, readyMillis, arguments);
    }

    /**
     * Sets the library of an RT module that is called in the host's process.
     *
     * @param library below the bundle's folder, such as {@code Contents/Resources/modules/rt/libx.so}; the bridge refuses one outside
     * @return this image
     * @throws IllegalArgumentException if the path has more than {@link #MAX_ARGUMENT_BYTES} bytes
     */
    public PluginImage library(final String library) {
        return module(Role.RT, ModuleKind.LIBRARY, 0, List.of(library));
    }

    private PluginImage module(
            final Role role, final int kind, final int readyMillis, final List<String> arguments) {
        final Section modules = declaration.section(StandardRegion.MODULES);
        image.set(modules, role.code(), "argument_count", (long) arguments.size());
        image.set(modules, role.code(), "ready_millis", (long) readyMillis);
        image.set(modules, role.code(), "kind", (long) kind);
        image.set(modules, role.code(), "arguments", String.join("\0", arguments));
        return this;
    }

    /**
     * What a host shows of a plug-in.
     *
     * @param name at most 63 bytes of UTF-8
     * @param vendor at most 63 bytes
     * @param version such as 1.0.0
     * @param url may be empty
     * @param email may be empty
     * @param category the host's sub-categories, such as {@code Instrument|Synth}
     * @param uid 16 bytes that name the class for ever
     * @param instrument whether it makes sound from notes
     */
    public record Identity(
            String name,
            String vendor,
            String version,
            String url,
            String email,
            String category,
            byte[] uid,
            boolean instrument) {
        /** Checks the length of the id. */
        public Identity {
            uid = uid.clone();
            if (uid.length != 16) {
                throw new IllegalArgumentException(
                        "A class id has 16 bytes, but this one has " + uid.length + ".");
            }
        }

        /** {@return a copy of the class id, 16 bytes} */
        @Override
        public byte[] uid() {
            return uid.clone();
        }
    }
}
