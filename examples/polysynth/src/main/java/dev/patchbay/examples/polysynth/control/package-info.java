// SPDX-License-Identifier: Apache-2.0
/** What the synth does beside its sound: presets, and the state that a host stores. Java 17 is enough for it. */
package dev.patchbay.examples.polysynth.control;
