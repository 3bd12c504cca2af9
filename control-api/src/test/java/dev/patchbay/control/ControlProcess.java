// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.fail;

import dev.patchbay.atomics.Blob;
import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.FloatCells;
import dev.patchbay.atomics.ParameterChangesReader;
import dev.patchbay.atomics.RoleCell;
import dev.patchbay.control.automation.Automation;
import dev.patchbay.control.automation.AutomationState;
import dev.patchbay.control.midi.MidiMap;
import dev.patchbay.control.midi.MidiMapState;
import dev.patchbay.control.panel.Visitor;
import dev.patchbay.control.state.ControlState;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.RoleState;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A control process as bridge and RT see it: a real JVM, observed through its region. */
abstract class ControlProcess {
    private static final RegionDeclaration SHAPES =
            StandardRegion.declare(StandardRegion.Counts.DEFAULT);

    /** That of the factory presets beside the modules. */
    private static final PluginImage.Identity IDENTITY =
            new PluginImage.Identity(
                    "Two",
                    "Tests",
                    "1.0.0",
                    "",
                    "",
                    "Fx",
                    "two parameters 1".getBytes(UTF_8),
                    false);

    @TempDir Path folder;
    Region region;
    Process process;
    FloatCells parameters;
    Blob fromControl;
    Blob toControl;

    /** What is put before the class path, and options of the JVM; for the next start. */
    String before = "";

    final List<String> jvm = new ArrayList<>(List.of("-Xmx64m"));
    final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void createTheRegion() {
        final PluginImage image =
                new PluginImage(new StandardRegion.Counts(8, 4, 0, 2, 64, 64, 64, 4096));
        image.identity(IDENTITY);
        image.parameters(
                List.of(
                        Parameter.of(1, "level", "Level").range(0, 10, 5).build(),
                        Parameter.of(2, "other", "Other").build()));
        region = Region.create(folder.resolve("region"), image.image());
        parameters = FloatCells.over(region.buffer(), section(StandardRegion.PARAMETERS));
        fromControl = new Blob(region.buffer(), section(StandardRegion.STATE_FROM_CONTROL));
        toControl = new Blob(region.buffer(), section(StandardRegion.STATE_TO_CONTROL));
    }

    @AfterEach
    void endTheProcess() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
        region.close();
    }

    SectionEntry section(final String name) {
        return region.section(SHAPES.section(name));
    }

    void start(final String module, final String options, final long hostPid) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of(System.getProperty("patchbay.jvm.flags").split(" ")));
        command.removeIf(flag -> flag.endsWith("=org.agrona"));
        command.add("-cp");
        command.add(
                before
                        + System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")));
        command.addAll(List.of("dev.patchbay.control.ControlMain", "--region"));
        command.addAll(List.of(folder.resolve("region").toString(), "--id", region.instanceId()));
        command.addAll(
                List.of("--host", Long.toString(hostPid), "--generation", "1", "--module", module));
        final ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().put(ControlOptions.VARIABLE, options);
        builder.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        builder.environment().put("PATCHBAY_RUNTIME_DIR", folder.resolve("run").toString());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    void startReady(final String options) throws IOException {
        start(TestControlModules.Word.class.getName(), options, ProcessHandle.current().pid());
        await("ready", () -> roleState() == RoleState.READY);
    }

    int roleState() {
        return RoleCell.stateOf(region.loads(), section(StandardRegion.ROLES), Role.CONTROL);
    }

    String message() {
        return RoleCell.messageOf(region.loads(), section(StandardRegion.ROLES), Role.CONTROL);
    }

    long counter(final String name) {
        final int index = SHAPES.section(StandardRegion.CONTROL_COUNTERS).names().indexOf(name);
        return Counters.over(region.buffer(), section(StandardRegion.CONTROL_COUNTERS))
                .getAcquire(index);
    }

    /** The module's part of what was published last. */
    String published() {
        return new String(state().module(), UTF_8);
    }

    String publishedPresets() {
        return new String(state().presets(), UTF_8);
    }

    ControlState state() {
        return ControlState.decode(stateWithMap().rest());
    }

    MidiMap map() {
        return stateWithMap().map();
    }

    MidiMapState stateWithMap() {
        return MidiMapState.decode(stateWithAutomation().rest());
    }

    Automation automation() {
        return stateWithAutomation().automation();
    }

    private AutomationState stateWithAutomation() {
        final Blob.Content content = fromControl.read();
        return AutomationState.decode(content == null ? new byte[0] : content.bytes(), 1_000);
    }

    /** Somebody who looks at the panel. */
    Visitor visitor() throws IOException {
        final String name = ProcessHandle.current().pid() + "-" + region.instanceId() + ".panel";
        final UnixDomainSocketAddress door =
                UnixDomainSocketAddress.of(folder.resolve("run").resolve(name));
        final AtomicReference<String> address = new AtomicReference<>();
        // Its file is there a moment before anybody listens.
        await("the panel's door", () -> knock(door, address));
        return new Visitor(address.get());
    }

    private static boolean knock(
            final UnixDomainSocketAddress door, final AtomicReference<String> answer) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(door);
            answer.set(new String(Channels.newInputStream(channel).readAllBytes(), UTF_8).strip());
            return true;
        } catch (final IOException e) {
            return false;
        }
    }

    /** What control changes next, by parameter. */
    SortedMap<Integer, Float> awaitChanges() {
        final ParameterChangesReader reader =
                new ParameterChangesReader(
                        region.buffer(), section(StandardRegion.PARAMETERS_FROM_CONTROL));
        final SortedMap<Integer, Float> seen = new TreeMap<>();
        await(
                "the module's change",
                () -> {
                    reader.poll(seen::put);
                    return !seen.isEmpty();
                });
        return seen;
    }

    static byte[] stateOf(final String presets, final String module) {
        return new ControlState(presets.getBytes(UTF_8), module.getBytes(UTF_8)).encode();
    }

    String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (final IOException e) {
            return e.toString();
        }
    }

    void await(final String what, final BooleanSupplier condition) {
        final long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > 30_000_000_000L) {
                fail("waited 30 s for " + what + ": " + log());
            }
            Thread.onSpinWait();
        }
    }
}
