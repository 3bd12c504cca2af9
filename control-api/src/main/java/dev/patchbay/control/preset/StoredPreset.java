// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

/**
 * A preset and where it lies.
 *
 * @param origin whose it is
 * @param bank the folder it lies in; empty for none
 * @param file the name of its file in that folder
 * @param preset what was in the file
 * @param stamp changes with every byte of the file: what it was when it was read
 */
public record StoredPreset(Origin origin, String bank, String file, Preset preset, String stamp) {
    /** Whose a preset is. */
    public enum Origin {
        /** Came with the plug-in; never changes. */
        FACTORY,
        /** Lies in the user's folder. */
        USER
    }

    /** {@return a text that names it within the plug-in, also in another session, such as {@code user/Keys/Bell.json}} */
    public String id() {
        return (origin == Origin.USER ? "user/" : "factory/")
                + (bank.isEmpty() ? "" : bank + "/")
                + file;
    }
}
