// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.patchbay.layout.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/** A tiny plug-in: its sources, compiled by the JDK that runs the test, and its build file. */
final class TestPlugin {
    /** Where tests keep linked runtimes from one run to the next: linking one takes seconds. */
    static final Path RUNTIMES = Path.of("target/runtimes");

    static final String BUILD =
            """
plugin: {name: Mini, vendor: Test, version: 1.2.3, kind: instrument, outputs: 2}
modules:
  rt: {class: mini.Rt, gc: disabled, heap: 64m, exports: [init, process, handleEvent], aot: false}
  control: {class: mini.Control, gc: normal, heap: 64m, exports: [init, saveState]}
shared_memory:
  layout: standard
  parameters: mini.Parameters
  size: 3m
""";

    private static final String RT =
            """
package mini;
public class Rt implements dev.patchbay.rt.RtModule {
    public void init(dev.patchbay.rt.RtContext context) {}
    public void process(dev.patchbay.rt.Block block) {}
    public void handleEvent(dev.patchbay.eventqueue.Event event) {}
    public static abstract class Abstract extends Rt {}
    public static class Argument extends Rt { public Argument(int i) {} }
    static class Hidden extends Rt {}
    public static class Refusing extends Rt {
        public void init(dev.patchbay.rt.RtContext context) { throw new IllegalStateException("not on Tuesdays"); }
    }
}
""";

    private static final String CONTROL =
            """
package mini;
public class Control implements dev.patchbay.control.ControlModule {
    public void init(dev.patchbay.control.ControlContext context) {}
    public void setParameter(int index, float normalized) {}
    public byte[] saveState() { return new byte[0]; }
    public void loadState(byte[] state) {}
    public static void main(String[] none) { System.out.println(com.sun.jna.Native.POINTER_SIZE); }
    Object usesAnotherModule() { return javax.xml.XMLConstants.NULL_NS_URI.concat(String.valueOf(javax.xml.parsers.SAXParserFactory.newInstance())); }
}
""";

    private static final String PARAMETERS =
            """
package mini;
import dev.patchbay.layout.Parameter;
import java.util.List;
import java.util.Map;
public class Parameters implements dev.patchbay.layout.ParameterSource {
    public List<Parameter> parameters() {
        return List.of(
                Parameter.of(1, "gain", "Gain").range(-60, 6, 0).unit("dB").build(),
                Parameter.of(2, "wave", "Wave").values("Sine", "Saw").build());
    }
    public static class Twice implements dev.patchbay.layout.ParameterSource {
        public List<Parameter> parameters() {
            return List.of(Parameter.of(1, "a", "A").build(), Parameter.of(1, "b", "B").build());
        }
    }
    public static class Failing implements dev.patchbay.layout.ParameterSource {
        public List<Parameter> parameters() { throw new IllegalStateException("no luck"); }
    }
}
""";

    private final Path folder;
    private final List<Path> classPath = new ArrayList<>();

    TestPlugin(final Path folder) throws IOException {
        this.folder = folder;
        for (final String type :
                List.of(
                        "dev.patchbay.layout.Region",
                        "dev.patchbay.atomics.Doorbell",
                        "dev.patchbay.eventqueue.EventQueue",
                        "dev.patchbay.rt.RtModule",
                        "dev.patchbay.control.ControlModule",
                        "org.agrona.DirectBuffer",
                        "com.sun.jna.Native")) {
            classPath.add(origin(type));
        }
        Files.writeString(folder.resolve("build.yaml"), BUILD);
        compile();
    }

    private static Path origin(final String type) {
        try {
            final Class<?> found = Class.forName(type, false, TestPlugin.class.getClassLoader());
            return Path.of(found.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (final ClassNotFoundException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private void compile() throws IOException {
        final Path sources = Files.createDirectories(folder.resolve("src/mini"));
        final Path classes = Files.createDirectories(folder.resolve("mini/target/classes"));
        Files.writeString(sources.resolve("Rt.java"), RT);
        Files.writeString(sources.resolve("Control.java"), CONTROL);
        Files.writeString(sources.resolve("Parameters.java"), PARAMETERS);
        final StringWriter messages = new StringWriter();
        final String path = String.join(":", classPath.stream().map(Path::toString).toList());
        final boolean good =
                ToolProvider.getSystemJavaCompiler()
                        .getTask(
                                messages,
                                null,
                                null,
                                List.of("-cp", path, "-d", classes.toString(), "-proc:none"),
                                null,
                                ToolProvider.getSystemJavaCompiler()
                                        .getStandardFileManager(null, null, null)
                                        .getJavaFileObjects(
                                                sources.resolve("Rt.java"),
                                                sources.resolve("Control.java"),
                                                sources.resolve("Parameters.java")))
                        .call();
        assertEquals(true, good, messages.toString());
        classPath.add(0, classes);
    }

    void build(final String text) throws IOException {
        Files.writeString(folder.resolve("build.yaml"), text);
    }

    /** Copies the jars of both modules. */
    void copyJars(final Path rt, final Path control) throws IOException {
        new ModuleJars(classPath, Map.of())
                .copy(
                        CheckedProject.of(folder, classPath).roots(),
                        Map.of(Role.RT, rt, Role.CONTROL, control));
    }

    Path classes() {
        return classPath.get(0);
    }

    /** A bundler of this plug-in, with a stand-in for the bridge. */
    Bundler bundler(final Path output, final Path cache) {
        final byte[] bridge = "bridge VST 3.7.2".getBytes(StandardCharsets.US_ASCII);
        return bundler(output, cache, () -> new ByteArrayInputStream(bridge));
    }

    Bundler bundler(final Path output, final Path cache, final Bundler.Bridge bridge) {
        final Path jdk = Path.of(System.getProperty("java.home"));
        return new Bundler(
                new Bundler.Sources(folder, List.copyOf(classPath), output, jdk, cache, bridge),
                new PrintWriter(new StringWriter()));
    }
}
