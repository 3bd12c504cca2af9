// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.StandardRegion.Counts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginImageTest {
    private static final Counts SMALL = new Counts(4, 4, 0, 2, 64, 8, 8, 100);
    private static final List<Parameter> PARAMETERS =
            List.of(
                    Parameter.of(7, "cutoff", "Cutoff frequency")
                            .shortName("Cut")
                            .unit("Hz")
                            .range(20, 20_000, 440)
                            .logarithmic()
                            .group("Filter")
                            .build(),
                    Parameter.of(1 << 29, "wave", "Wellenform ♫")
                            .values("Sine", "Saw", "")
                            .initial(1)
                            .build(),
                    Parameter.of(0, "shape", "Shape").range(-1, 1, 0.5).power(2.5).build());

    @TempDir private Path folder;

    private Region create(final PluginImage image) {
        return Region.create(folder.resolve("region"), image.image());
    }

    private static String text(final Region region, final String section, final String field) {
        final Section s = StandardRegion.declare(SMALL).section(section);
        final Field f = s.element().field(field);
        return region.loads().text(region.section(s).elementOffset(0) + f.offset(), f.count());
    }

    @Test
    void parametersComeBackFromTheRegionAsTheyWentIn() {
        try (Region region = create(new PluginImage(SMALL).parameters(PARAMETERS))) {
            assertEquals(PARAMETERS, ParameterReader.read(region));
        }
    }

    @Test
    void theDefaultsLieInTheCells() {
        try (Region region = create(new PluginImage(SMALL).parameters(PARAMETERS))) {
            final SectionEntry cells =
                    region.section(
                            StandardRegion.declare(SMALL).section(StandardRegion.PARAMETERS));
            for (int i = 0; i < PARAMETERS.size(); i++) {
                assertEquals(
                        (float) PARAMETERS.get(i).defaultNormalized(),
                        region.loads().float32(cells.elementOffset(i)));
            }
            assertEquals(0f, region.loads().float32(cells.elementOffset(3)));
        }
    }

    @Test
    void aFreshRegionHasNoParameters() {
        try (Region region = create(new PluginImage(SMALL))) {
            assertEquals(List.of(), ParameterReader.read(region));
        }
    }

    @Test
    void parametersThatCollideOrAreTooManyAreRefused() {
        final Parameter a = PARAMETERS.get(0);
        assertEquals(
                "The parameter \"other\" (id 7) shares its id or its symbol with another.",
                refusal(List.of(a, Parameter.of(7, "other", "").build())));
        assertEquals(
                "The parameter \"cutoff\" (id 8) shares its id or its symbol with another.",
                refusal(List.of(a, Parameter.of(8, "cutoff", "").build())));
        assertEquals(
                "The plug-in declares 5 parameters, but the region has cells for 4.",
                refusal(List.of(a, a, a, a, a)));
        assertTrue(
                refusal(List.of(Parameter.of(1, "x", "n".repeat(64)).build()))
                        .startsWith("The field \"name\" of \"parameter_info\" takes 63 bytes"));
    }

    private static String refusal(final List<Parameter> parameters) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> new PluginImage(SMALL).parameters(parameters))
                .getMessage();
    }

    @Test
    void descriptionsThatNoDeclarationCanHaveAreRefusedWhenRead() {
        final Section info = StandardRegion.declare(SMALL).section(StandardRegion.PARAMETER_INFO);
        final Section plugin = StandardRegion.declare(SMALL).section(StandardRegion.PLUGIN);
        refusedWhenRead("scale", image -> image.set(info, 0, "scale", 9L));
        refusedWhenRead("minimum", image -> image.set(info, 0, "minimum", Double.NaN));
        refusedWhenRead("id", image -> image.set(info, 0, "id", -1L));
        refusedWhenRead("names", image -> image.set(info, 1, "value_names", "one"));
        refusedWhenRead("symbol", image -> image.set(info, 0, "symbol", ""));
        refusedWhenRead("says that it has -1", i -> i.set(plugin, 0, "parameter_count", -1L));
        refusedWhenRead("says that it has 5", i -> i.set(plugin, 0, "parameter_count", 5L));
    }

    private void refusedWhenRead(
            final String why, final java.util.function.Consumer<RegionImage> change) {
        final PluginImage image = new PluginImage(SMALL).parameters(PARAMETERS);
        change.accept(image.image());
        final Path file = folder.resolve("region-" + why.hashCode());
        try (Region region = Region.create(file, image.image())) {
            final RegionException e =
                    assertThrows(RegionException.class, () -> ParameterReader.read(region), why);
            assertTrue(e.getMessage().startsWith("The region "), e.getMessage());
        }
    }

    @Test
    void theIdentityIsReadableAndASecondOneLeavesNothingOfTheFirst() {
        final byte[] uid = new byte[16];
        uid[15] = 9;
        final PluginImage image = new PluginImage(SMALL);
        image.identity(identity("A very long name indeed", uid));
        uid[0] = 1;
        image.identity(identity("Short", uid));
        try (Region region = create(image)) {
            assertEquals("Short", text(region, StandardRegion.PLUGIN, "name"));
            assertEquals("Instrument|Synth", text(region, StandardRegion.PLUGIN, "category"));
            assertEquals("https://example.org", text(region, StandardRegion.PLUGIN, "url"));
            final Section plugin = StandardRegion.declare(SMALL).section(StandardRegion.PLUGIN);
            final int at = region.section(plugin).elementOffset(0);
            final byte[] found = new byte[16];
            region.buffer().getBytes(at + plugin.element().offset("uid"), found);
            assertArrayEquals(uid, found);
            assertEquals(1, region.loads().int32(at + plugin.element().offset("instrument")));
        }
    }

    private static PluginImage.Identity identity(final String name, final byte[] uid) {
        return new PluginImage.Identity(
                name, "V", "1.0.0", "https://example.org", "", "Instrument|Synth", uid, true);
    }

    @Test
    void anIdentityThatDoesNotFitIsRefused() {
        assertEquals(
                "A class id has 16 bytes, but this one has 15.",
                assertThrows(IllegalArgumentException.class, () -> identity("x", new byte[15]))
                        .getMessage());
        // 32 characters of two bytes each, and the 0 byte.
        assertTrue(
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        new PluginImage(SMALL)
                                                .identity(identity("ä".repeat(32), new byte[16])))
                        .getMessage()
                        .startsWith("The field \"name\" of \"plugin\" takes 63 bytes, but \"ää"));
    }

    @Test
    void controllersAreMarkedAndOthersRefused() {
        final PluginImage image = new PluginImage(SMALL).controllers(List.of(1, 64, 129));
        try (Region region = create(image)) {
            final Section plugin = StandardRegion.declare(SMALL).section(StandardRegion.PLUGIN);
            final byte[] found = new byte[136];
            region.buffer()
                    .getBytes(
                            region.section(plugin).elementOffset(0)
                                    + plugin.element().offset("controllers"),
                            found);
            for (int i = 0; i < found.length; i++) {
                assertEquals(i == 1 || i == 64 || i == 129 ? 1 : 0, found[i], "controller " + i);
            }
        }
        for (final int number : new int[] {-1, 130}) {
            assertTrue(
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> new PluginImage(SMALL).controllers(List.of(number)))
                            .getMessage()
                            .contains("but " + number + " was declared"));
        }
    }

    @Test
    void aModulesCommandLineEndsEachArgumentWithAZeroByte() {
        final PluginImage image =
                new PluginImage(SMALL)
                        .module(Role.RT, 1500, List.of("longer/java", "-Xmx64m", "{region}"))
                        .module(Role.RT, 2500, List.of("java", "-x"));
        try (Region region = create(image)) {
            final Section modules = StandardRegion.declare(SMALL).section(StandardRegion.MODULES);
            final int at = region.section(modules).elementOffset(Role.RT.code());
            final StructType s = modules.element();
            assertEquals(2, region.loads().int32(at + s.offset("argument_count")));
            assertEquals(2500, region.loads().int32(at + s.offset("ready_millis")));
            final byte[] found = new byte[20];
            region.buffer().getBytes(at + s.offset("arguments"), found);
            final byte[] expected = new byte[20];
            System.arraycopy("java\0-x".getBytes(), 0, expected, 0, 7);
            assertArrayEquals(expected, found);
        }
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new PluginImage(SMALL)
                                .module(
                                        Role.RT,
                                        1,
                                        List.of("x".repeat(PluginImage.MAX_ARGUMENT_BYTES))));
    }

    @Test
    void anElementThatIsNotThereIsRefused() {
        final RegionDeclaration d = StandardRegion.declare(SMALL);
        final RegionImage image = new RegionImage(d);
        assertEquals(
                "The section \"parameters\" has 4 elements, but number 4 was asked for.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> image.set(d.section(StandardRegion.PARAMETERS), 4, 1f))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> image.set(d.section(StandardRegion.MODULES), -1, "ready_millis", 1L));
    }

    private static long number(
            final Region region, final String section, final int index, final String field) {
        final Section s = StandardRegion.declare(SMALL).section(section);
        final Field f = s.element().field(field);
        final int at = region.section(s).elementOffset(index) + f.offset();
        return f.elementSize() == Long.BYTES ? region.loads().int64(at) : region.loads().int32(at);
    }

    @Test
    void eachDirectionHasOneBusWhereNothingElseIsSaid() {
        try (Region region = create(new PluginImage(SMALL))) {
            assertEquals(1, number(region, StandardRegion.PLUGIN, 0, "bus_count"));
            assertEquals(
                    Speakers.STEREO.mask(),
                    number(region, StandardRegion.BUSES, 0, "arrangements"));
            assertEquals(1, number(region, StandardRegion.BUSES, 0, "output"));
            assertEquals("Output", text(region, StandardRegion.BUSES, "name"));
        }
    }

    @Test
    void busesLieOneAfterTheOtherInputsFirst() {
        final List<AudioBus> buses =
                List.of(
                        AudioBus.main(AudioBus.Direction.OUTPUT, 2),
                        new AudioBus(
                                "Main",
                                AudioBus.Direction.INPUT,
                                false,
                                List.of(Speakers.MONO.mask(), Speakers.SURROUND_7_1.mask())),
                        new AudioBus(
                                "Key",
                                AudioBus.Direction.INPUT,
                                true,
                                List.of(Speakers.STEREO.mask())));
        final Counts counts = SMALL.withBuses(buses);
        assertEquals(10, counts.inputChannels());
        final Section infos = StandardRegion.declare(counts).section(StandardRegion.BUSES);
        final Section inUse = StandardRegion.declare(counts).section(StandardRegion.BUS_CHANNELS);
        try (Region region = create(new PluginImage(counts).buses(buses))) {
            final SectionEntry entry = region.section(infos);
            final Field first = infos.element().field("first_channel");
            final Field channels = infos.element().field("channels");
            assertEquals(
                    List.of(0, 8, 0),
                    List.of(0, 1, 2).stream()
                            .map(i -> entry.elementOffset(i) + first.offset())
                            .map(region.loads()::int32)
                            .toList());
            assertEquals(
                    List.of(8, 2, 2),
                    List.of(0, 1, 2).stream()
                            .map(i -> entry.elementOffset(i) + channels.offset())
                            .map(region.loads()::int32)
                            .toList());
            // The default arrangements; a side chain begins inactive.
            assertEquals(
                    List.of(1, 0, 2),
                    List.of(0, 1, 2).stream()
                            .map(region.section(inUse)::elementOffset)
                            .map(region.loads()::int32)
                            .toList());
        }
        final PluginImage small = new PluginImage(SMALL);
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> small.buses(buses))
                        .getMessage()
                        .contains("10 input and 2 output channels"));
    }

    @Test
    void aPluginHasOneBypassSwitchOfTwoPositionsAndOneProgramSelectorForEachGroup() {
        final Parameter.Builder bypass =
                Parameter.of(1, "bypass", "Bypass").flag(Parameter.Flag.BYPASS);
        assertTrue(refusal(List.of(bypass.build())).contains("whose step count is 1"));
        final Parameter first = bypass.steps(1).build();
        final Parameter second =
                Parameter.of(2, "other", "").steps(1).flag(Parameter.Flag.BYPASS).build();
        assertTrue(refusal(List.of(first, second)).contains("at most one"));
        final Parameter.Builder nameless =
                Parameter.of(3, "p", "").flag(Parameter.Flag.PROGRAM_CHANGE);
        assertTrue(refusal(List.of(nameless.build())).contains("its values need names"));
        final Parameter programs = nameless.values("a", "b").build();
        final Parameter more =
                Parameter.of(4, "q", "")
                        .values("a", "b")
                        .flag(Parameter.Flag.PROGRAM_CHANGE)
                        .build();
        assertTrue(refusal(List.of(programs, more)).contains("a group has at most one"));
    }
}
