// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.layout.RuntimeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the code of a module comes from, and how other code is made to take its place. One reload after the other; on any thread but the
 * module's.
 */
final class CodeDesk {
    /** What this process and others like it leave in the runtime folder, named by host and region. */
    private static final Pattern LEFT = Pattern.compile("([0-9]+)-[0-9a-f]{8}\\.(control|code)");

    /** So many digits of a region's id tell the instances of a host apart; all of them are compared in a request. */
    private static final int DIGITS = 8;

    /** How long the module that serves may take to return from a call. */
    private static final long BEGIN_SECONDS = 30;

    private final String className;
    private final boolean development;
    private final FrameworkClasses framework = new FrameworkClasses();
    private final ModuleSources sources = new ModuleSources(framework);
    private final Path folder;
    private final String name;
    private final CodeStore store;
    private ModuleCode current;
    private int versions;
    private boolean closed;

    /**
     * Opens the user's folder.
     *
     * @throws IOException with a sentence, if there is none that can be used: then code cannot be replaced
     */
    CodeDesk(
            final Map<String, String> environment,
            final String className,
            final long hostPid,
            final String instanceId)
            throws IOException {
        this.className = className;
        this.development = "on".equals(environment.get("PATCHBAY_DEV"));
        this.folder = RuntimeFolder.open(environment);
        this.name = hostPid + "-" + instanceId.substring(0, DIGITS);
        this.store = new CodeStore(folder.resolve(name + ".code"));
        sweep();
    }

    /** Hosts that were killed, with all that is theirs, have left this behind. */
    private void sweep() throws IOException {
        final List<Path> all;
        try (Stream<Path> listed = Files.list(folder)) {
            all = listed.toList();
        }
        for (final Path one : all) {
            final Matcher left = LEFT.matcher(one.getFileName().toString());
            if (left.matches() && !Files.exists(Path.of("/proc", left.group(1)))) {
                CodeStore.delete(one);
            }
        }
    }

    /** The socket for requests. */
    Path socket() {
        return folder.resolve(name + ".control");
    }

    boolean development() {
        return development;
    }

    /** The code to begin with: what a process before this one served with, or the bundle's. */
    ModuleCode first() {
        Optional<CodeStore.Copy> copy = Optional.empty();
        try {
            copy = store.former();
            if (copy.isEmpty() && development) {
                copy = Optional.of(store.copy(sources.now()));
                store.serve(copy.get());
            }
            store.removeAllBut(copy);
        } catch (final IOException e) {
            System.err.println(
                    "patchbay control: the jars of the bundle are used as they are, since no copies"
                            + " can be: "
                            + e.getMessage());
        }
        current = code(copy.map(CodeStore.Copy::classPath).orElseGet(sources::started), copy);
        return current;
    }

    /** The bundle's code, without copies: where there is no folder for them. */
    static ModuleCode withoutStore(final String className) {
        final FrameworkClasses framework = new FrameworkClasses();
        return new ModuleCode(
                1, className, new ModuleSources(framework).started(), Optional.empty(), framework);
    }

    private ModuleCode code(final List<Path> classPath, final Optional<CodeStore.Copy> copy) {
        return new ModuleCode(++versions, className, classPath, copy, framework);
    }

    /** The files that the bundle's code is read from. */
    List<CodeStore.Seen> look() throws IOException {
        return CodeStore.look(sources.now());
    }

    /**
     * Has other code take the place of the one that serves, and waits until it does.
     *
     * @param jars to come before those of the bundle
     * @param unchanged whether the same code may be loaded again
     * @param target makes the change
     * @return whether other code serves now; false where it is the same
     * @throws IOException if the jars cannot be read, with a sentence
     * @throws Reload.Refused if the code before goes on, with a sentence
     */
    synchronized boolean reload(
            final List<Path> jars, final boolean unchanged, final Consumer<Reload> target)
            throws IOException {
        if (closed) {
            throw new Reload.Refused("the plug-in leaves at the moment.");
        }
        final CodeStore.Copy copy = store.copy(sources.with(jars));
        if (!unchanged && CodeStore.same(copy.classPath(), current.classPath())) {
            CodeStore.delete(copy.folder());
            return false;
        }
        final ModuleCode next = code(copy.classPath(), Optional.of(copy));
        final Reload reload = new Reload(next);
        target.accept(reload);
        try {
            reload.await(BEGIN_SECONDS);
        } catch (final Reload.Refused e) {
            next.discard();
            throw e;
        }
        // Only now: had it ended this process, the next one would go on with the code before.
        store.serve(copy);
        final ModuleCode former = current;
        current = next;
        former.discard();
        return true;
    }

    /** The instance goes, and its copies with it. */
    synchronized void close() throws IOException {
        closed = true;
        Files.deleteIfExists(socket());
        store.delete();
    }
}
