// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Role;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.project.Aot;
import dev.patchbay.tools.project.BuildFile.Located;
import dev.patchbay.tools.project.BuildFile.Module;
import dev.patchbay.tools.project.Collector;
import dev.patchbay.tools.project.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmCommandTest {
    private static final Set<String> PLACES =
            Set.of("{bundle}", "{pid}", "{region}", "{logs}", "{id}", "{generation}");
    private static final String MODULE = "a.Module";

    private static Module module(
            final Role role, final Collector collector, final String name, final long heap) {
        final Located located = new Located(name, new Place("build.yaml", 5, "modules.rt.class"));
        return new Module(
                role, located, collector, heap, List.of(), List.of(), Aot.NEVER, List.of());
    }

    private static List<String> command(final Role role, final Collector collector) {
        return JvmCommand.of(module(role, collector, MODULE, 256L << 20));
    }

    @Test
    void theRealTimeProcessHasNoCollectorAndTouchesItsHeapFirst() {
        final List<String> command = command(Role.RT, Collector.DISABLED);
        assertEquals("{bundle}/Contents/x86_64-linux/runtime/bin/java", command.get(0));
        assertTrue(
                command.containsAll(
                        List.of(
                                "-XX:+UnlockExperimentalVMOptions",
                                "-XX:+UseEpsilonGC",
                                "-Xms64m",
                                "-Xmx256m",
                                "-XX:+AlwaysPreTouch",
                                "-XX:-UsePerfData")),
                command::toString);
        final int main = command.indexOf("dev.patchbay.rt.EngineMain");
        assertEquals(
                List.of("-cp", "{bundle}/Contents/Resources/modules/rt/*"),
                command.subList(main - 2, main));
        assertEquals(
                List.of(
                        "--region",
                        "{region}",
                        "--id",
                        "{id}",
                        "--host",
                        "{pid}",
                        "--generation",
                        "{generation}",
                        "--module",
                        MODULE),
                command.subList(main + 1, command.size()));
    }

    @Test
    void theEngineIsToldWhichClassNamesTheParameters() {
        final Module module = module(Role.RT, Collector.DISABLED, MODULE, 256L << 20);
        final List<String> command = JvmCommand.of(module, "a.Parameters");
        final int option = command.indexOf("-Dpatchbay.parameters=a.Parameters");
        assertTrue(option > 0 && option < command.indexOf("-cp"), command::toString);
    }

    @Test
    void theRealTimeProcessCompilesEarlyAndLeavesNoWayOut() {
        for (final Collector collector : List.of(Collector.DISABLED, Collector.G1)) {
            final List<String> command = command(Role.RT, collector);
            assertTrue(
                    command.containsAll(
                            List.of(
                                    "-XX:+UnlockExperimentalVMOptions",
                                    "-XX:PerMethodTrapLimit=0",
                                    "-XX:CompileCommand=CompileThresholdScaling,"
                                            + MODULE.substring(0, MODULE.lastIndexOf('.'))
                                                    .replace('.', '/')
                                            + "/*.*,0.02")),
                    command::toString);
        }
        assertFalse(command(Role.CONTROL, Collector.NORMAL).contains("-XX:PerMethodTrapLimit=0"));
        assertTrue(
                JvmCommand.of(module(Role.RT, Collector.DISABLED, "Nowhere", 32L << 20)).stream()
                        .noneMatch(argument -> argument.contains(",/")));
    }

    @Test
    void theControlProcessHasItsCollectorAndUnpacksNothing() {
        final List<String> command = command(Role.CONTROL, Collector.NORMAL);
        assertTrue(command.contains("-XX:+UseZGC"));
        assertFalse(command.contains("-XX:+AlwaysPreTouch"));
        assertTrue(command.contains("-Djna.nounpack=true"));
        assertTrue(
                command.contains(
                        "-Djna.boot.library.path={bundle}/Contents/Resources/modules/control/native"));
        assertTrue(command.contains("dev.patchbay.control.ControlMain"));
    }

    @Test
    void bracesStandOnlyAroundTheNamesThatTheBridgeKnows() {
        for (final Role role : List.of(Role.RT, Role.CONTROL)) {
            final Set<String> found = new TreeSet<>();
            final Matcher braces =
                    Pattern.compile("\\{[^}]*}?|}")
                            .matcher(String.join(" ", command(role, Collector.G1)));
            while (braces.find()) {
                found.add(braces.group());
            }
            assertEquals(new TreeSet<>(PLACES), found);
        }
    }

    @Test
    void thePlaceForTheAotCacheIsThereWhereOneMayBeMade() {
        final Located located = new Located(MODULE, new Place("build.yaml", 5, "modules.rt.class"));
        for (final Aot aot : Aot.values()) {
            final List<String> command =
                    JvmCommand.of(
                            new Module(
                                    Role.RT,
                                    located,
                                    Collector.DISABLED,
                                    1 << 25,
                                    List.of(),
                                    List.of(),
                                    aot,
                                    List.of()));
            assertEquals(
                    aot != Aot.NEVER,
                    command.contains("{aot}Contents/Resources/modules/rt/rt.aot"),
                    command::toString);
        }
    }

    @Test
    void aHeapBelowTheInitialOneIsTheInitialOne() {
        final List<String> command =
                JvmCommand.of(module(Role.RT, Collector.SERIAL, MODULE, 32L << 20));
        assertTrue(
                command.containsAll(List.of("-Xms32m", "-Xmx32m", "-XX:+UseSerialGC")),
                command::toString);
    }

    @Test
    void aCommandLineThatTheRegionCannotHoldIsRefused() {
        final Module module = module(Role.RT, Collector.DISABLED, "a".repeat(6000), 256L << 20);
        final String message =
                assertThrows(ToolException.class, () -> JvmCommand.of(module)).getMessage();
        assertTrue(
                message.matches(
                        "build\\.yaml:5: modules\\.rt\\.class makes a command line of \\d+ bytes,"
                                + " allowed are 6135\\."),
                message);
    }

    /** By the JVM's own words, for each way of declaring a collector; the author's options come last. */
    @Test
    void aRealJvmHasTheCollectorTheHeapAndTheOptionsThatAreDeclared(@TempDir final Path folder)
            throws IOException, InterruptedException {
        final List<String> names = List.of("Epsilon", "ZGC", "G1", "Copy", "PS");
        final Place place = new Place("build.yaml", 7, "modules.rt.jvm_flags");
        for (final Collector collector : Collector.values()) {
            final Module plain = module(Role.RT, collector, MODULE, 96L << 20);
            final Module module =
                    new Module(
                            plain.role(),
                            plain.className(),
                            collector,
                            plain.heapBytes(),
                            List.of(),
                            List.of(
                                    new Located("-XX:ReservedCodeCacheSize=48m", place),
                                    new Located("-XX:-AlwaysPreTouch", place),
                                    new Located("-Dmini.quality=very high", place)),
                            Aot.NEVER,
                            List.of());
            final List<String> command = new ArrayList<>();
            for (final String argument : JvmCommand.of(module)) {
                command.add(argument.replace("{logs}", folder.toString()));
            }
            command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
            final List<String> options = command.subList(0, command.indexOf("-cp"));
            options.addAll(
                    List.of(
                            "-cp",
                            System.getProperty(
                                    "surefire.test.class.path",
                                    System.getProperty("java.class.path")),
                            SeenByTheJvm.class.getName(),
                            "MaxHeapSize",
                            "InitialHeapSize",
                            "ReservedCodeCacheSize",
                            "AlwaysPreTouch",
                            "UsePerfData",
                            "mini.quality"));
            final Process process = new ProcessBuilder(options).redirectErrorStream(true).start();
            final List<String> seen = process.inputReader().lines().toList();
            assertEquals(0, process.waitFor(), seen::toString);
            assertEquals(
                    List.of(
                            "MaxHeapSize=" + (96L << 20),
                            "InitialHeapSize=" + (64L << 20),
                            "ReservedCodeCacheSize=" + (48L << 20),
                            "AlwaysPreTouch=false",
                            "UsePerfData=false",
                            "mini.quality=very high"),
                    seen.subList(0, 6));
            assertTrue(
                    seen.get(6).startsWith("collector=" + names.get(collector.ordinal())),
                    seen.get(6));
        }
    }

    /** With the places filled, a real JVM takes the options and writes the log, whatever the collector. */
    @Test
    void aRealJvmTakesTheOptionsOfEveryCollector(@TempDir final Path folder)
            throws IOException, InterruptedException {
        for (final Collector collector : Collector.values()) {
            final List<String> command = new ArrayList<>();
            for (final String argument : command(Role.RT, collector)) {
                command.add(
                        argument.replace("{logs}", folder.toString())
                                .replace("{pid}", "1")
                                .replace("{id}", collector.key()));
            }
            command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
            final List<String> options = command.subList(0, command.indexOf("-cp"));
            options.add("-version");
            final Process process = new ProcessBuilder(options).redirectErrorStream(true).start();
            final String output =
                    new String(
                            process.getInputStream().readAllBytes(),
                            java.nio.charset.StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), output);
            assertFalse(output.toLowerCase(java.util.Locale.ROOT).contains("warning"), output);
            final String log =
                    Files.readString(folder.resolve("rt-1-" + collector.key() + ".jvm.log"));
            assertTrue(log.matches("(?s)\\[\\d+ns\\]\\[[a-z,]+ *\\] .*"), log);
        }
    }
}
