// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.uistate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.patchbay.control.ui.UiModule;
import dev.patchbay.layout.ModuleAbi;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a user interface shows of a plug-in's own, where a library does: the functions of {@code patchbay/module.h} that begin with {@code pb_ui}.
 * What the library does wrong ends this process, which whoever started it then starts anew; the sound is made elsewhere. Of one thread at a time.
 */
public final class NativeUi implements UiModule, AutoCloseable {
    /** RTLD_NOW, and by leaving RTLD_GLOBAL out RTLD_LOCAL: dlopen(3). */
    private static final int OPEN_FLAGS = 2;

    /** Of struct pb_module_info. */
    private static final int HASH_OFFSET = 8;

    private final NativeLibrary library;
    private final UiStateContext host;
    private final List<Parameter> parameters;
    private final Memory region;
    private final Memory context;

    /** The library holds their addresses; here they are held so that they stay. */
    private final List<Callback> calls;

    private final Function getState;
    private final Optional<Function> handleEvent;
    private Pointer module;
    private Map<String, String> shown;
    private String refusal = "";

    /** {@code pb_ui_context.parameter_index}. */
    interface ParameterIndex extends Callback {
        int callback(Pointer context, Pointer symbol);
    }

    /** {@code pb_ui_context.value}. */
    interface Value extends Callback {
        double callback(Pointer context, int index);
    }

    /** {@code pb_ui_context.to_plain} and {@code to_normalized}. */
    interface Convert extends Callback {
        double callback(Pointer context, int index, double value);
    }

    /** {@code pb_ui_context.change}. */
    interface Change extends Callback {
        void callback(Pointer context, int index, double normalized);
    }

    /** {@code pb_ui_context.show}. */
    interface Show extends Callback {
        void callback(Pointer context, Pointer name, Pointer value);
    }

    /** {@code pb_ui_context.refuse} and {@code log}. */
    interface Say extends Callback {
        void callback(Pointer context, Pointer text);
    }

    private NativeUi(final NativeLibrary library, final Path region, final UiStateContext host) {
        this.library = library;
        this.host = host;
        this.parameters = host.parameters();
        this.getState = library.getFunction("pb_ui_get_state");
        this.handleEvent = exported(library, "pb_ui_handle_event");
        this.region = text(region.toString());
        final ParameterIndex parameterIndex = (its, symbol) -> indexOf(text(symbol));
        final Value value = (its, index) -> has(index) ? host.value(index) : 0;
        final Convert toPlain =
                (its, index, at) -> has(index) ? parameters.get(index).toPlain(at) : 0;
        final Convert toNormalized =
                (its, index, at) -> has(index) ? parameters.get(index).toNormalized(at) : 0;
        final Change change = (its, index, normalized) -> change(index, normalized);
        final Show show = (its, name, of) -> show(text(name), text(of));
        final Say refuse = (its, why) -> refusal = text(why);
        final Say log = (its, words) -> System.err.println("patchbay control: " + text(words));
        this.calls =
                List.of(parameterIndex, value, toPlain, toNormalized, change, show, refuse, log);
        // The members of pb_ui_context, all of which are pointers: host, region, then these in
        // this order.
        this.context = new Memory((long) (2 + calls.size()) * Native.POINTER_SIZE);
        context.clear();
        context.setPointer(Native.POINTER_SIZE, this.region);
        for (int i = 0; i < calls.size(); i++) {
            context.setPointer(
                    (long) (2 + i) * Native.POINTER_SIZE,
                    CallbackReference.getFunctionPointer(calls.get(i)));
        }
    }

    /**
     * Loads a library and makes its module.
     *
     * @param file the library
     * @param region where the region's memory can be opened
     * @param host what the library may know and do
     * @throws IllegalArgumentException if the library is refused or refuses, with the rest of a sentence
     */
    public static NativeUi open(final Path file, final Path region, final UiStateContext host) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "the library " + file + " is no file; rebuild the bundle");
        }
        final NativeLibrary library;
        try {
            library =
                    NativeLibrary.getInstance(
                            file.toAbsolutePath().toString(),
                            Map.of(Library.OPTION_OPEN_FLAGS, OPEN_FLAGS));
        } catch (final UnsatisfiedLinkError e) {
            throw new IllegalArgumentException(
                    "the library "
                            + file
                            + " cannot be loaded: "
                            + e.getMessage().lines().findFirst().orElse(""),
                    e);
        }
        try {
            check(library, file);
            final NativeUi ui = new NativeUi(library, region, host);
            ui.module = library.getFunction("pb_ui_init").invokePointer(new Object[] {ui.context});
            if (ui.module == null) {
                throw new IllegalArgumentException(
                        "pb_ui_init of " + file + " refused: " + ui.why());
            }
            return ui;
        } catch (final IllegalArgumentException e) {
            library.close();
            throw e;
        }
    }

    private static void check(final NativeLibrary library, final Path file) {
        final Pointer info;
        try {
            info = library.getGlobalVariableAddress(ModuleAbi.INFO);
        } catch (final UnsatisfiedLinkError e) {
            throw new IllegalArgumentException(
                    "the library "
                            + file
                            + " does not export the variable "
                            + ModuleAbi.INFO
                            + ", which says what it was compiled for; add \"PB_MODULE;\" to its"
                            + " source",
                    e);
        }
        if (info.getInt(0) != ModuleAbi.VERSION
                || info.getLong(HASH_OFFSET) != ModuleAbi.layoutHash()) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "the library %s was compiled for version %d and structs of the hash"
                                + " 0x%016x, expected version %d and 0x%016x; compile it with the"
                                + " patchbay/module.h of the Patchbay that makes the bundle",
                            file,
                            info.getInt(0),
                            info.getLong(HASH_OFFSET),
                            ModuleAbi.VERSION,
                            ModuleAbi.layoutHash()));
        }
        for (final ModuleAbi.Function function : ModuleAbi.functions(Role.UI)) {
            if (function.required() && exported(library, function.name()).isEmpty()) {
                throw new IllegalArgumentException(
                        "the library " + file + " does not export " + function.name());
            }
        }
    }

    private static Optional<Function> exported(final NativeLibrary library, final String name) {
        try {
            return Optional.of(library.getFunction(name));
        } catch (final UnsatisfiedLinkError e) {
            return Optional.empty();
        }
    }

    @Override
    public Map<String, String> getUiState() {
        shown = new LinkedHashMap<>();
        getState.invokeVoid(new Object[] {module});
        final Map<String, String> all = shown;
        shown = null;
        return all;
    }

    @Override
    public void handleUiEvent(final String name, final String value) {
        if (handleEvent.isEmpty()) {
            UiModule.super.handleUiEvent(name, value);
            return;
        }
        refusal = "";
        try (Memory what = text(name);
                Memory how = text(value)) {
            if (handleEvent.get().invokeInt(new Object[] {module, what, how}) == 0) {
                throw new IllegalArgumentException(why());
            }
        }
    }

    private String why() {
        return refusal.isEmpty() ? "The module does not say why; it says so by refuse." : refusal;
    }

    private void show(final String name, final String value) {
        // Beyond what is shown nothing is kept, however much the library says.
        if (shown != null && shown.size() < MOST_ENTRIES) {
            shown.put(name, value);
        }
    }

    private void change(final int index, final double normalized) {
        try {
            host.change(index, normalized);
        } catch (final IllegalArgumentException e) {
            System.err.println("patchbay control: the user interface's library: " + e.getMessage());
        }
    }

    private int indexOf(final String symbol) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).symbol().equals(symbol)) {
                return i;
            }
        }
        return -1;
    }

    private boolean has(final int index) {
        return index >= 0 && index < parameters.size();
    }

    private static String text(final Pointer bytes) {
        return bytes == null ? "" : bytes.getString(0, UTF_8.name());
    }

    private static Memory text(final String text) {
        final byte[] bytes = text.getBytes(UTF_8);
        final Memory memory = new Memory(bytes.length + 1L);
        memory.write(0, bytes, 0, bytes.length);
        memory.setByte(bytes.length, (byte) 0);
        return memory;
    }

    @Override
    public void close() {
        library.getFunction("pb_ui_close").invokeVoid(new Object[] {module});
        library.close();
        region.close();
        context.close();
    }
}
