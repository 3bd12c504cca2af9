// SPDX-License-Identifier: Apache-2.0
/** From MIDI controllers to parameters: the compiled map in a region, who writes it and who plays it. */
package dev.patchbay.eventqueue.midi;
