// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

/** Something else lies where a preset was to be saved. Nothing was changed; the user decides. */
public final class PresetConflictException extends PresetException {
    private static final long serialVersionUID = 1;

    PresetConflictException(final String sentence) {
        super(sentence);
    }
}
