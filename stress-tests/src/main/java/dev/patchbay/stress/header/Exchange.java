// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;

/** The model's runtime in C, loaded once in a process, and the memory by which it asks: exchange.h. By one thread. */
final class Exchange {
    static final int LOAD = 0;
    static final int STORE = 1;
    static final int COMPARE = 2;
    static final int SET = 3;
    static final int ADD = 4;
    static final int AND = 5;
    static final int OR = 6;
    static final int XOR = 7;

    static final int ENDED = 1;
    static final int FAILED = 2;

    static final int PLAIN = -1;

    private static final int ANSWER = 8;
    private static final int RESULT = 16;
    private static final int ARGUMENTS = 24;
    private static final int SECTION = ARGUMENTS + 8 * 8;
    private static final int MESSAGE = SECTION + 6 * 8;
    private static final int ACCESSES = MESSAGE + 256;
    private static final int ACCESS = 48;
    private static final int BYTES = ACCESSES + 64 * ACCESS;

    /** RTLD_NOW and RTLD_GLOBAL: operations are linked with it when they are loaded. */
    private static final int NOW = 2;

    private static final int GLOBAL = 0x100;

    private static Exchange instance;

    private final ByteBuffer bytes;

    private Exchange(final Path library) {
        Native.register(
                Exchange.class,
                NativeLibrary.getInstance(
                        library.toString(), Map.of(Library.OPTION_OPEN_FLAGS, NOW | GLOBAL)));
        bytes = new Pointer(model_begin()).getByteBuffer(0, BYTES).order(ByteOrder.nativeOrder());
    }

    static native long model_begin();

    static native void model_bind(int size);

    static native void model_actor(int actor);

    static native int model_start(long code, int actor);

    static native int model_resume();

    static native long model_open(String path);

    static native String model_error();

    static native long model_symbol(long library, String name);

    static native long model_start_of(long code);

    static native void model_close(long library);

    /** The runtime of this process: the first that is asked for is loaded, and stays. */
    static synchronized Exchange of(final Path library) {
        if (instance == null) {
            instance = new Exchange(library);
        }
        return instance;
    }

    int count() {
        return bytes.getInt(4);
    }

    void answer(final long value) {
        bytes.putLong(ANSWER, value);
    }

    long result() {
        return bytes.getLong(RESULT);
    }

    void argument(final int number, final long value) {
        bytes.putLong(ARGUMENTS + 8 * number, value);
    }

    void section(final long... numbers) {
        for (int i = 0; i < numbers.length; i++) {
            bytes.putLong(SECTION + 8 * i, numbers[i]);
        }
    }

    String message() {
        final byte[] text = new byte[256];
        bytes.get(MESSAGE, text);
        return new String(text, UTF_8).split("\0")[0];
    }

    int kind(final int access) {
        return bytes.getInt(ACCESSES + ACCESS * access);
    }

    int order(final int access) {
        return bytes.getInt(ACCESSES + ACCESS * access + 4);
    }

    int failure(final int access) {
        return bytes.getInt(ACCESSES + ACCESS * access + 8);
    }

    int size(final int access) {
        return bytes.getInt(ACCESSES + ACCESS * access + 12);
    }

    int offset(final int access) {
        return (int) bytes.getLong(ACCESSES + ACCESS * access + 16);
    }

    long value(final int access) {
        return bytes.getLong(ACCESSES + ACCESS * access + 24);
    }

    long expected(final int access) {
        return bytes.getLong(ACCESSES + ACCESS * access + 32);
    }

    long site(final int access) {
        return bytes.getLong(ACCESSES + ACCESS * access + 40);
    }
}
