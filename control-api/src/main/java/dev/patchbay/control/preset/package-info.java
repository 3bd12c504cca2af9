// SPDX-License-Identifier: Apache-2.0
/**
 * Presets: what they are, where they lie, how they are found, edited, compared and exchanged. {@link
 * dev.patchbay.control.preset.PresetSession} is what a module works with, {@link dev.patchbay.control.preset.PresetLibrary} the presets
 * that there are. Nothing here is thread-safe: it belongs to the thread of the control module.
 */
package dev.patchbay.control.preset;
