// SPDX-License-Identifier: Apache-2.0
/** Which MIDI controllers move which parameters: the map as people see it, learning, and its place in the state. */
package dev.patchbay.control.midi;
