// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import dev.patchbay.layout.StandardRegion.ModuleKind;
import java.util.List;

/**
 * Writes what a plug-in's build knows into the initial image of a standard region: identity, modules, parameters and their
 * defaults.
 */
public final class PluginImage {
    /** The most bytes of the command line of a module. */
    public static final int MAX_ARGUMENT_BYTES =
            StandardStructs.MODULE_INFO.field("arguments").count();

    private final RegionDeclaration declaration;
    private final RegionImage image;

    /**
     * Starts an image.
     *
     * @param counts the region's counts
     */
    public PluginImage(final StandardRegion.Counts counts) {
        declaration = StandardRegion.declare(counts);
        image = new RegionImage(declaration);
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
     * @throws IllegalArgumentException if there are more than the region has cells, or two share an id or a symbol
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
        image.writeParameters(cells, parameters);
        image.set(
                declaration.section(StandardRegion.PLUGIN),
                0,
                "parameter_count",
                (long) parameters.size());
        return this;
    }

    /**
     * Sets the command line of a module's process. The bridge replaces what stands in braces: {@code {bundle}} the bundle's
     * folder, {@code {pid}} its own process, {@code {region}} the region's path, {@code {logs}} the folder for logs,
     * {@code {id}} the region's id.
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
