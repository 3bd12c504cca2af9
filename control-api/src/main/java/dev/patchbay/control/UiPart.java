// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.atomics.Participant;
import dev.patchbay.control.ui.UiModule;
import dev.patchbay.control.uistate.NativeUi;
import dev.patchbay.control.uistate.RegistryContext;
import dev.patchbay.control.uistate.UiStateProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What shows the plug-in's own in user interfaces where that is not the control module: a library in this process, or a library or class in one
 * of its own, as the properties of this process say. For the control module's thread.
 */
final class UiPart implements AutoCloseable {
    /** Names the library's file. */
    static final String LIBRARY = "patchbay.ui";

    /** Names the class; it has a process of its own. */
    static final String CLASS = "patchbay.ui.class";

    /** "own" gives a library a process of its own. */
    static final String PROCESS = "patchbay.ui.process";

    /** The most heap of that process. */
    static final String HEAP = "patchbay.ui.heap";

    private static final String DEFAULT_HEAP = "64m";

    private final Optional<UiModule> module;
    private final Optional<UiStateProcess> process;
    private final Runnable closing;
    private final boolean ofClass;

    private UiPart(
            final Optional<UiModule> module,
            final Optional<UiStateProcess> process,
            final boolean ofClass,
            final Runnable closing) {
        this.module = module;
        this.process = process;
        this.ofClass = ofClass;
        this.closing = closing;
    }

    /** What this process was told to have; a refusal is told, and then there is none. */
    static UiPart ofThisProcess(
            final Participant participant,
            final ModuleContext context,
            final ModuleCode code,
            final Complaints complaints) {
        final String library = System.getProperty(LIBRARY, "");
        final String className = System.getProperty(CLASS, "");
        if (!className.isEmpty() || "own".equals(System.getProperty(PROCESS, ""))) {
            final UiStateProcess process =
                    new UiStateProcess(
                            participant,
                            new RegistryContext(context.registry()),
                            new UiStateProcess.Code(
                                    className, library, System.getProperty(HEAP, DEFAULT_HEAP)),
                            context::execute,
                            complaints);
            process.start(classPath(code));
            return new UiPart(
                    Optional.of(process),
                    Optional.of(process),
                    !className.isEmpty(),
                    process::close);
        }
        return library.isEmpty()
                ? new UiPart(Optional.empty(), Optional.empty(), false, () -> {})
                : here(participant, context, library, complaints);
    }

    private static UiPart here(
            final Participant participant,
            final ModuleContext context,
            final String library,
            final Complaints complaints) {
        final RegistryContext host = new RegistryContext(context.registry());
        try {
            final NativeUi ui = NativeUi.open(Path.of(library), participant.file(), host);
            return new UiPart(
                    Optional.of(ui),
                    Optional.empty(),
                    false,
                    () -> {
                        ui.close();
                        host.close();
                    });
        } catch (final IllegalArgumentException e) {
            host.close();
            complaints.tellForGood(
                    "the user interface has no part of the module's: " + e.getMessage());
            return new UiPart(Optional.empty(), Optional.empty(), false, () -> {});
        }
    }

    private static List<Path> classPath(final ModuleCode code) {
        final List<Path> all = new ArrayList<>(new FrameworkClasses().places());
        all.addAll(code.classPath());
        return all;
    }

    /** What shows now; where nothing does, the control module may. */
    Optional<UiModule> module() {
        return module;
    }

    /** Other code has taken the control module's place: a class of a process of its own comes from there, too. */
    void replace(final ModuleCode code) {
        if (ofClass) {
            process.ifPresent(running -> running.start(classPath(code)));
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
