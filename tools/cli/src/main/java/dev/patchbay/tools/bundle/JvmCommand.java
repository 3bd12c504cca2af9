// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.Role;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.project.Aot;
import dev.patchbay.tools.project.BuildFile.Module;
import dev.patchbay.tools.project.ByteSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a module's process: the one place for the options of its JVM. The bridge replaces what stands in
 * braces when it starts the process.
 *
 * <p>The JVM's log is bounded, is written by a thread of its own, and its time stamps ({@code timenanos}) are those of
 * {@code System.nanoTime}, which is CLOCK_MONOTONIC as in the region's counters.
 */
public final class JvmCommand {
    /** The folder of the real-time module's jars, below the bundle. */
    public static final String RT_JARS = "Contents/Resources/modules/rt";

    /** The folder of the control module's jars, below the bundle. */
    public static final String CONTROL_JARS = "Contents/Resources/modules/control";

    /** The folder of the user interface's library, below the bundle. */
    static final String UI_LIBRARIES = "Contents/Resources/modules/ui";

    /** The folder of the control module's native libraries, below the bundle. */
    public static final String CONTROL_NATIVE = CONTROL_JARS + "/native";

    /** The AOT cache of the real-time module, below the bundle. */
    public static final String RT_AOT = RT_JARS + "/rt.aot";

    /** What that cache was made for, below the bundle: see {@link AotKey}. */
    public static final String RT_AOT_KEY = RT_AOT + ".key";

    /** The word of a command line that the bridge replaces by the option for the AOT cache of this path, or leaves out. */
    static final String AOT_PLACE = "{aot}" + RT_AOT;

    /** The Java runtime, below the bundle. */
    public static final String RUNTIME = "Contents/x86_64-linux/runtime";

    /** The program of the real-time module's process. */
    static final String RT_MAIN = "dev.patchbay.rt.EngineMain";

    /** The same, while its AOT cache is made. */
    static final String RT_TRAINING = "dev.patchbay.rt.AotTraining";

    /** The program of the control module's process. */
    static final String CONTROL_MAIN = "dev.patchbay.control.ControlMain";

    /** The real-time process compiles what it will run before it is ready. */
    private static final int RT_READY_MILLIS = 20_000;

    private static final int CONTROL_READY_MILLIS = 10_000;
    private static final long INITIAL_HEAP = 64L << 20;
    private static final String GC_EVENTS = "gc=info,gc+init=info,gc+phases=info,safepoint=info";

    /** All that can hold up a thread, though the collector is off. */
    private static final String RT_EVENTS =
            GC_EVENTS
                    + ",handshake*=info,deoptimization=debug,jit+compilation=debug,class+load=info";

    /** How the JVM of a real-time module compiles; the file says why. */
    private static final List<String> RT_COMPILER = options("rt-compiler.options");

    private JvmCommand() {}

    private static List<String> options(final String name) {
        try (InputStream in = JvmCommand.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of a module's jars or library, below the bundle. */
    static String jars(final Role role) {
        if (role.equals(Role.UI)) {
            return UI_LIBRARIES;
        }
        return role.equals(Role.RT) ? RT_JARS : CONTROL_JARS;
    }

    /** The classes with which the JVM of a module begins. */
    static List<String> mains(final Role role) {
        return role.equals(Role.RT) ? List.of(RT_MAIN, RT_TRAINING) : List.of(CONTROL_MAIN);
    }

    /** How the JVM of a real-time module compiles: options of its command line. */
    public static List<String> compilerOptions() {
        return RT_COMPILER;
    }

    /** How long a module's process may take to become ready, in milliseconds. */
    public static int readyMillis(final Role role) {
        return role == Role.RT ? RT_READY_MILLIS : CONTROL_READY_MILLIS;
    }

    /**
     * The program and its arguments.
     *
     * @throws ToolException if they are longer than a region can hold
     */
    public static List<String> of(final Module module) {
        return of(module, List.of());
    }

    /**
     * The same for a real-time module whose jars are compared with the region when it plays.
     *
     * @param parameters the class that names the parameters
     */
    public static List<String> of(final Module module, final String parameters) {
        return of(module, List.of("-Dpatchbay.parameters=" + parameters));
    }

    /**
     * The same for a control module beside which another one shows what is the plug-in's own.
     *
     * @param ui that one
     * @param ownProcess whether it has a process of its own
     */
    static List<String> withUi(final Module module, final Module ui, final boolean ownProcess) {
        final List<String> properties = new ArrayList<>();
        if (ownProcess) {
            properties.add("-Dpatchbay.logs={logs}");
        }
        if (ui.isNative()) {
            properties.add("-Dpatchbay.ui={bundle}/" + NativeLibraryFile.inBundle(ui));
            if (ownProcess) {
                properties.add("-Dpatchbay.ui.process=own");
            }
        } else {
            properties.add("-Dpatchbay.ui.class=" + ui.className().text());
            properties.add("-Dpatchbay.ui.heap=" + ByteSize.format(ui.heapBytes()));
        }
        return of(module, properties);
    }

    private static List<String> of(final Module module, final List<String> properties) {
        final boolean rt = module.role() == Role.RT;
        final List<String> c = new ArrayList<>();
        c.add("{bundle}/" + RUNTIME + "/bin/java");
        c.addAll(module.collector().flags());
        c.add("-Xms" + ByteSize.format(Math.min(INITIAL_HEAP, module.heapBytes())));
        c.add("-Xmx" + ByteSize.format(module.heapBytes()));
        if (rt) {
            c.add("-XX:+AlwaysPreTouch");
            c.addAll(RT_COMPILER);
            final String name = module.className().text();
            if (name.contains(".")) {
                c.add(early(name.substring(0, name.lastIndexOf('.')).replace('.', '/')));
            }
        }
        // Performance data is a mapped file: a store into it can wait for the disk.
        c.add("-XX:-UsePerfData");
        if (module.aot() != Aot.NEVER) {
            c.add(AOT_PLACE);
        }
        // Behind ours: an author may have reasons to take one of them back.
        module.jvmFlags().forEach(flag -> c.add(flag.text()));
        log(c, rt ? "rt" : "control", rt ? RT_EVENTS : GC_EVENTS);
        c.add("--enable-native-access=ALL-UNNAMED");
        c.add("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");
        c.add("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
        if (!rt) {
            // JNA loads its library from the bundle and unpacks nothing at run time.
            c.add("-Djna.boot.library.path={bundle}/" + CONTROL_NATIVE);
            c.add("-Djna.nounpack=true");
        }
        c.addAll(properties);
        c.addAll(List.of("-cp", "{bundle}/" + (rt ? RT_JARS : CONTROL_JARS) + "/*"));
        c.add(rt ? RT_MAIN : CONTROL_MAIN);
        c.addAll(
                List.of(
                        "--region",
                        "{region}",
                        "--id",
                        "{id}",
                        "--host",
                        "{pid}",
                        "--generation",
                        "{generation}"));
        c.addAll(List.of("--module", module.className().text()));
        return checked(module, c);
    }

    /** The option by which the methods of a package, given as a folder, and of those below it are compiled early. */
    private static String early(final String folder) {
        return "-XX:CompileCommand=CompileThresholdScaling," + folder + "/*.*,0.02";
    }

    private static void log(final List<String> command, final String role, final String events) {
        command.add("-Xlog:disable");
        command.add("-Xlog:all=warning:stderr");
        command.add("-Xlog:async");
        command.add(
                "-Xlog:"
                        + events
                        + ":file={logs}/"
                        + role
                        + "-{pid}-{id}.jvm.log:timenanos,tags:filecount=2,filesize=20m");
    }

    private static List<String> checked(final Module module, final List<String> command) {
        final int bytes = String.join("\0", command).getBytes(StandardCharsets.UTF_8).length;
        if (bytes >= PluginImage.MAX_ARGUMENT_BYTES) {
            throw module.className()
                    .place()
                    .error(
                            "makes a command line of "
                                    + bytes
                                    + " bytes, allowed are "
                                    + (PluginImage.MAX_ARGUMENT_BYTES - 1));
        }
        return List.copyOf(command);
    }
}
