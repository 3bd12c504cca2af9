// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads the parameters' descriptions back from a standard region: what an attached process knows, it knows from there. */
public final class ParameterReader {
    private ParameterReader() {}

    /**
     * {@return the parameters in the order of their indices}
     *
     * @param region a standard region
     * @throws RegionException if a section is missing, has another shape or holds values that no declaration can have
     */
    public static List<Parameter> read(final MappedRegion region) {
        final RegionDeclaration shapes = StandardRegion.prebuilt();
        return read(
                region.loads(),
                region.section(shapes.section(StandardRegion.PLUGIN)),
                region.section(shapes.section(StandardRegion.PARAMETER_INFO)));
    }

    /**
     * {@return the parameters in the order of their indices, of a region's initial bytes}
     *
     * @param declaration the declaration by which the bytes were laid out
     * @param image the bytes, as {@link RegionImage#bytes} has them
     * @throws RegionException if there are too few bytes, or if they hold values that no declaration can have
     */
    public static List<Parameter> read(final RegionDeclaration declaration, final Loads image) {
        if (image.length() != declaration.length()) {
            throw new RegionException(
                    "The image has "
                            + image.length()
                            + " bytes, expected "
                            + declaration.length()
                            + ".");
        }
        return read(
                image,
                declaration.section(StandardRegion.PLUGIN).entry(),
                declaration.section(StandardRegion.PARAMETER_INFO).entry());
    }

    private static List<Parameter> read(
            final Loads loads, final SectionEntry plugin, final SectionEntry info) {
        final int count =
                loads.int32(
                        plugin.elementOffset(0)
                                + StandardStructs.PLUGIN_INFO.offset("parameter_count"));
        if (count < 0 || count > info.count()) {
            throw new RegionException(
                    "The region says that it has "
                            + count
                            + " parameters, expected 0 to "
                            + info.count()
                            + ".");
        }
        final List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parameters.add(read(loads, info.elementOffset(i)));
        }
        return List.copyOf(parameters);
    }

    private static Parameter read(final Loads loads, final int at) {
        final StructType s = StandardStructs.PARAMETER_INFO;
        final int flagBits = loads.int32(at + s.offset("flags"));
        final Set<Parameter.Flag> flags = EnumSet.noneOf(Parameter.Flag.class);
        for (final Parameter.Flag flag : Parameter.Flag.values()) {
            if ((flagBits & flag.bit()) != 0) {
                flags.add(flag);
            }
        }
        final String names = text(loads, at, "value_names");
        try {
            return new Parameter(
                    loads.int32(at + s.offset("id")),
                    text(loads, at, "symbol"),
                    text(loads, at, "name"),
                    text(loads, at, "short_name"),
                    text(loads, at, "unit"),
                    loads.float64(at + s.offset("minimum")),
                    loads.float64(at + s.offset("maximum")),
                    loads.float64(at + s.offset("default_plain")),
                    loads.int32(at + s.offset("step_count")),
                    names.isEmpty() ? List.of() : List.of(names.split("\n", -1)),
                    scale(loads.int32(at + s.offset("scale"))),
                    loads.float64(at + s.offset("exponent")),
                    flags,
                    text(loads, at, "group_name"));
        } catch (final IllegalArgumentException e) {
            throw new RegionException(
                    "The region describes a parameter that cannot be: " + e.getMessage(), e);
        }
    }

    private static String text(final Loads loads, final int at, final String field) {
        final Field f = StandardStructs.PARAMETER_INFO.field(field);
        return loads.text(at + f.offset(), f.count());
    }

    private static Scale scale(final int code) {
        for (final Scale scale : Scale.values()) {
            if (scale.code() == code) {
                return scale;
            }
        }
        throw new IllegalArgumentException("the scale " + code + " is unknown.");
    }
}
