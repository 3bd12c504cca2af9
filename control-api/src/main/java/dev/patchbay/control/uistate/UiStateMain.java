// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.uistate;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import dev.patchbay.atomics.FloatCells;
import dev.patchbay.atomics.Participant;
import dev.patchbay.control.HostWatch;
import dev.patchbay.control.ui.UiModule;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.ParameterReader;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.RoleState;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The process of a UI-state module: a class, or a library where {@link #LIBRARY} is set. Started by control, and ends with it. */
public final class UiStateMain {
    /** The property that names the library's file. */
    static final String LIBRARY = "patchbay.ui";

    private static final int STANDARD_OUT = 1;
    private static final int STANDARD_ERROR = 2;

    private final Participant participant;
    private final UiStateWire wire;
    private final Context context;
    private UiModule module;
    private boolean failed;

    private UiStateMain(final Participant participant, final UiStateWire wire) {
        this.participant = participant;
        this.wire = wire;
        this.context = new Context(participant, wire);
    }

    /**
     * Serves until control has nothing more to say.
     *
     * @param args see {@link Participant#attach}; the host is control's process
     */
    public static void main(final String[] args) {
        try {
            // Taken before any code of the plug-in's runs: what that prints goes where errors go.
            final FileOutputStream out = new FileOutputStream("/proc/self/fd/" + STANDARD_OUT);
            NativeLibrary.getInstance(Platform.C_LIBRARY_NAME)
                    .getFunction("dup2")
                    .invokeInt(new Object[] {STANDARD_ERROR, STANDARD_OUT});
            final Participant participant = Participant.attach(Role.UI, args);
            HostWatch.start(participant.hostPid());
            participant.identify(
                    ManagementFactory.getGarbageCollectorMXBeans().get(0).getName().split(" ")[0]);
            participant.role().state(RoleState.ATTACHED);
            final UiStateWire wire = new UiStateWire(System.in, out);
            wire.begin();
            new UiStateMain(participant, wire).serve();
            System.exit(0);
        } catch (final IllegalArgumentException
                | IllegalStateException
                | RegionException
                | IOException
                | UnsatisfiedLinkError e) {
            System.err.println("patchbay ui: " + e.getMessage());
            System.exit(1);
        }
    }

    private void serve() throws IOException {
        try {
            module = make();
        } catch (final RuntimeException | LinkageError e) {
            final String why = e.getMessage() == null ? e.toString() : e.getMessage();
            wire.began(why);
            participant.role().message(why);
            participant.role().state(RoleState.FAILED);
            return;
        }
        wire.began("");
        participant.role().state(RoleState.READY);
        for (int next = wire.read(); next >= 0; next = wire.read()) {
            if (next == UiStateWire.EVENT) {
                event(wire.readInt(), wire.readText(), wire.readText());
            } else {
                wire.state(state());
            }
        }
        participant.role().state(RoleState.LEAVING);
        close();
    }

    private UiModule make() {
        final String library = System.getProperty(LIBRARY, "");
        if (!library.isEmpty()) {
            return NativeUi.open(Path.of(library), participant.file(), context);
        }
        final UiStateModule made = participant.newModule(UiStateModule.class);
        made.init(context);
        return made;
    }

    private void close() {
        if (module instanceof NativeUi) {
            ((NativeUi) module).close();
        } else {
            ((UiStateModule) module).close();
        }
    }

    private Map<String, String> state() {
        try {
            final Map<String, String> state = module.getUiState();
            failed = false;
            return state;
        } catch (final RuntimeException e) {
            if (!failed) {
                failed = true;
                System.err.println("patchbay ui: what the module shows cannot be had: " + e);
            }
            return Map.of();
        }
    }

    private void event(final int number, final String name, final String value) throws IOException {
        String refusal = "";
        try {
            module.handleUiEvent(name, value);
        } catch (final IllegalArgumentException e) {
            refusal = String.valueOf(e.getMessage());
        } catch (final RuntimeException e) {
            refusal = "The module failed at \"" + name + "\": " + e;
            System.err.println("patchbay ui: " + refusal);
        }
        // First what it has led to, so that whoever hears that it is done can see it.
        wire.state(state());
        wire.done(number, refusal);
    }

    /** The parameters as the region has them, and changes by way of control. */
    private static final class Context implements UiStateContext {
        private final List<Parameter> parameters;
        private final FloatCells values;
        private final UiStateWire wire;

        Context(final Participant participant, final UiStateWire wire) {
            this.parameters = List.copyOf(ParameterReader.read(participant.region()));
            this.values =
                    FloatCells.over(
                            participant.buffer(), participant.section(StandardRegion.PARAMETERS));
            this.wire = wire;
        }

        @Override
        public List<Parameter> parameters() {
            return parameters;
        }

        @Override
        public double value(final int index) {
            return values.getAcquire(index);
        }

        @Override
        public void change(final int index, final double normalized) {
            UiStateChange.check(parameters.size(), index, normalized);
            try {
                wire.change(index, normalized);
            } catch (final IOException e) {
                throw new UncheckedIOException("Control has ended.", e);
            }
        }
    }
}
