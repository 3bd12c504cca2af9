// SPDX-License-Identifier: Apache-2.0
/**
 * The sound of the synth. {@link dev.patchbay.examples.polysynth.rt.PolySynth} is the whole of it; {@code Voices} says
 * who plays which note, {@code Voice} is one note, and the other classes are one idea of signal processing each.
 *
 * <p>Three rules hold in this package. Nothing is allocated after {@code init}. Whatever moves more slowly than the
 * samples is computed on a grid of ticks that is counted in frames, never in the host's blocks, so that the sound is the
 * same, bit by bit, however the host cuts its blocks. And no {@link java.lang.Math} function is used whose last bit might
 * depend on whether the method is compiled yet: only arithmetic, {@link java.lang.StrictMath} and {@code Curves}.
 */
package dev.patchbay.examples.polysynth.rt;
