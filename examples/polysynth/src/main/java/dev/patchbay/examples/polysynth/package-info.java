// SPDX-License-Identifier: Apache-2.0
/**
 * A complete synthesizer, as an author would write it. What both modules know, the parameters, is here; the sound is in
 * {@code rt}, the presets are in {@code control}. Read {@link
 * dev.patchbay.examples.polysynth.PolySynthParameters} first, then {@code rt.PolySynth}, then {@code
 * control.PolySynthControl}.
 */
package dev.patchbay.examples.polysynth;
