// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.control.state.PluginIdentity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;

/**
 * Steinberg's container for presets, {@code .vstpreset} (public.sdk/source/vst/vstpresetfile of the VST 3 SDK). All numbers are
 * little-endian:
 *
 * <pre>
 *     "VST3"  version i32 = 1  class id, 32 hexadecimal digits  offset of the list i64
 *     the chunks' bytes
 *     "List"  count i32, then count times: id of 4 characters, offset i64, size i64
 * </pre>
 *
 * <p>Of the chunks, {@code Comp} is what the component's {@code getState} wrote, and {@code Info} is XML for the host's browser.
 * {@code Cont}, the controller's state, is passed over: all state of a Patchbay plug-in is the component's.
 *
 * @param uid the class id
 * @param component the bytes of {@code Comp}; not copied, and not to be changed
 */
public record VstPreset(String uid, byte[] component) {
    private static final int VERSION = 1;
    private static final int UID_LENGTH = 32;
    private static final int HEADER_LENGTH = 4 + Integer.BYTES + UID_LENGTH + Long.BYTES;
    private static final int ENTRY_LENGTH = 4 + 2 * Long.BYTES;
    private static final int MOST_ENTRIES = 128;
    private static final byte[] MAGIC = "VST3".getBytes(US_ASCII);

    /** {@return whether bytes begin as such a container does} */
    static boolean isOne(final byte[] bytes) {
        return bytes.length >= MAGIC.length
                && Arrays.equals(Arrays.copyOf(bytes, MAGIC.length), MAGIC);
    }

    /**
     * {@return the container's bytes}
     *
     * @param plugin whose preset it is; its class id is written
     * @param name the preset's name, for the host's browser
     */
    byte[] write(final PluginIdentity plugin, final String name) {
        final byte[] info = info(plugin, name).getBytes(UTF_8);
        final int list = HEADER_LENGTH + component.length + info.length;
        final ByteBuffer bytes =
                ByteBuffer.allocate(list + 4 + Integer.BYTES + 2 * ENTRY_LENGTH)
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).putInt(VERSION).put(uid.getBytes(US_ASCII)).putLong(list);
        bytes.put(component).put(info);
        bytes.put("List".getBytes(US_ASCII)).putInt(2);
        bytes.put("Comp".getBytes(US_ASCII)).putLong(HEADER_LENGTH).putLong(component.length);
        // Last, as the SDK wants it: hosts write it anew in place.
        bytes.put("Info".getBytes(US_ASCII))
                .putLong(HEADER_LENGTH + component.length)
                .putLong(info.length);
        return bytes.array();
    }

    private static String info(final PluginIdentity plugin, final String name) {
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<MetaInfo>\n"
                + attribute("MediaType", "VstPreset")
                + attribute("PlugInName", plugin.name())
                + attribute("PlugInVendor", plugin.vendor())
                + attribute("Name", name)
                + "</MetaInfo>\n";
    }

    private static String attribute(final String id, final String value) {
        final String escaped =
                value.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;");
        return "\t<Attribute id=\"" + id + "\" value=\"" + escaped + "\" type=\"string\"/>\n";
    }

    /**
     * Reads a container; every offset and size is checked against the bytes that there are.
     *
     * @param file the whole file
     * @param source the file's name, for messages
     * @return what is in it
     * @throws PresetException if it cannot be read, with a sentence that says why
     */
    public static VstPreset read(final byte[] file, final String source) throws PresetException {
        if (!isOne(file)) {
            throw wrong(source, "it does not start with VST3");
        }
        if (file.length < HEADER_LENGTH) {
            throw wrong(source, "it ends within its header");
        }
        final ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        final int version = bytes.getInt(MAGIC.length);
        if (version != VERSION) {
            throw wrong(source, "it has version " + version + ", expected " + VERSION);
        }
        final int uidAt = MAGIC.length + Integer.BYTES;
        final String uid = new String(file, uidAt, UID_LENGTH, US_ASCII);
        if (!PluginIdentity.isUid(uid)) {
            throw wrong(source, "its class id is not 32 hexadecimal digits");
        }
        final long list = bytes.getLong(uidAt + UID_LENGTH);
        checkRange(source, "the list of its chunks", list, 4 + Integer.BYTES, file.length);
        if (!id(file, (int) list).equals("List")) {
            throw wrong(source, "the list of its chunks does not start with List");
        }
        final int count = bytes.getInt((int) list + 4);
        if (count < 0 || count > MOST_ENTRIES) {
            throw wrong(
                    source,
                    "it says that it has " + count + " chunks, expected 0 to " + MOST_ENTRIES);
        }
        final long entries = list + 4 + Integer.BYTES;
        checkRange(
                source,
                "the list of its chunks",
                entries,
                (long) count * ENTRY_LENGTH,
                file.length);
        byte[] component = null;
        for (int i = 0; i < count; i++) {
            final int at = (int) entries + i * ENTRY_LENGTH;
            final String id = id(file, at);
            final long offset = bytes.getLong(at + 4);
            final long size = bytes.getLong(at + 4 + Long.BYTES);
            checkRange(source, "the chunk " + (i + 1) + " of " + count, offset, size, file.length);
            if (component == null && id.equals("Comp")) {
                component = Arrays.copyOfRange(file, (int) offset, (int) (offset + size));
            }
        }
        if (component == null) {
            throw wrong(source, "it has no chunk Comp, which is the sound");
        }
        return new VstPreset(uid.toUpperCase(Locale.ROOT), component);
    }

    private static String id(final byte[] file, final int at) {
        return new String(file, at, 4, US_ASCII);
    }

    private static void checkRange(
            final String source,
            final String what,
            final long offset,
            final long size,
            final int length)
            throws PresetException {
        // Written so that nothing overflows.
        if (offset < HEADER_LENGTH || offset > length || size < 0 || size > length - offset) {
            throw wrong(
                    source,
                    what
                            + " is said to have "
                            + size
                            + " bytes from byte "
                            + offset
                            + " on, but the file has "
                            + length);
        }
    }

    private static PresetException wrong(final String source, final String why) {
        return new PresetException(source + " is no .vstpreset that can be read: " + why + ".");
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof VstPreset
                && uid.equals(((VstPreset) other).uid)
                && Arrays.equals(component, ((VstPreset) other).component);
    }

    @Override
    public int hashCode() {
        return 31 * uid.hashCode() + Arrays.hashCode(component);
    }

    @Override
    public String toString() {
        return uid + " with " + component.length + " bytes";
    }
}
