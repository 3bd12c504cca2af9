// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.uistate;

import dev.patchbay.control.ui.UiModule;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What control and the process of a UI-state module tell each other, over a pipe each way: a byte that says what, then its fields. Reading is for one
 * thread, writing for any.
 */
final class UiStateWire {
    /** To the module: show what is there now. */
    static final int ASK = 1;

    /** To the module: something was done. */
    static final int EVENT = 2;

    /** To control: the module serves; or why it does not. */
    static final int BEGAN = 3;

    /** To control: what is there now. */
    static final int STATE = 4;

    /** To control: an event is done; or why it is not. */
    static final int DONE = 5;

    /** To control: a parameter is to be changed. */
    static final int CHANGE = 6;

    /** What comes before it was written by others than the module's process itself, such as a JVM that listens for a debugger. */
    private static final int FIRST = 0;

    private static final int MOST_BEFORE = 10_000;

    private final DataInputStream in;
    private final DataOutputStream out;

    UiStateWire(final InputStream in, final OutputStream out) {
        this.in = new DataInputStream(new BufferedInputStream(in));
        this.out = new DataOutputStream(new BufferedOutputStream(out));
    }

    /** Says that from now on only this writes. */
    synchronized void begin() throws IOException {
        out.write(FIRST);
        out.flush();
    }

    /** What others have written before that, if it is text. */
    String readBefore() throws IOException {
        final ByteArrayOutputStream before = new ByteArrayOutputStream();
        for (int one = in.read(); one > FIRST; one = in.read()) {
            if (before.size() < MOST_BEFORE) {
                before.write(one);
            }
        }
        return before.toString(StandardCharsets.UTF_8);
    }

    /** What comes next; -1 at the end. */
    int read() throws IOException {
        return in.read();
    }

    int readInt() throws IOException {
        return in.readInt();
    }

    double readDouble() throws IOException {
        return in.readDouble();
    }

    String readText() throws IOException {
        return in.readUTF();
    }

    Map<String, String> readState() throws IOException {
        final int count = in.readInt();
        if (count < 0 || count > UiModule.MOST_ENTRIES) {
            throw new IOException(count + " entries");
        }
        final Map<String, String> state = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            final String name = in.readUTF();
            state.put(name, in.readUTF());
        }
        return Collections.unmodifiableMap(state);
    }

    synchronized void ask() throws IOException {
        out.write(ASK);
        out.flush();
    }

    synchronized void event(final int number, final String name, final String value)
            throws IOException {
        out.write(EVENT);
        out.writeInt(number);
        out.writeUTF(brief(name));
        out.writeUTF(brief(value));
        out.flush();
    }

    /** An empty text: it serves. */
    synchronized void began(final String refusal) throws IOException {
        out.write(BEGAN);
        out.writeUTF(brief(refusal));
        out.flush();
    }

    synchronized void state(final Map<String, String> state) throws IOException {
        out.write(STATE);
        out.writeInt(Math.min(state.size(), UiModule.MOST_ENTRIES));
        int left = UiModule.MOST_ENTRIES;
        for (final Map.Entry<String, String> entry : state.entrySet()) {
            if (left-- == 0) {
                break;
            }
            out.writeUTF(brief(entry.getKey()));
            out.writeUTF(brief(entry.getValue()));
        }
        out.flush();
    }

    /** An empty text: it is done. */
    synchronized void done(final int number, final String refusal) throws IOException {
        out.write(DONE);
        out.writeInt(number);
        out.writeUTF(brief(refusal));
        out.flush();
    }

    synchronized void change(final int index, final double normalized) throws IOException {
        out.write(CHANGE);
        out.writeInt(index);
        out.writeDouble(normalized);
        out.flush();
    }

    /** So that its bytes are as few as one text may have here. */
    private static String brief(final String text) {
        final String whole = String.valueOf(text);
        return whole.length() <= UiModule.MOST_CHARACTERS
                ? whole
                : whole.substring(0, UiModule.MOST_CHARACTERS);
    }
}
