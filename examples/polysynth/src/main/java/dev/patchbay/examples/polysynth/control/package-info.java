// SPDX-License-Identifier: Apache-2.0
/** What the synth does beside its sound: the folder {@code presets} has its factory presets. Java 17 is enough for it. */
package dev.patchbay.examples.polysynth.control;
