// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

/**
 * The meter of an output channel.
 *
 * @param level where the pointer is: the peak, falling by 20 dB in 300 ms; linear, 1 is full scale
 * @param rms the effective value of the newest window of 10 ms, linear
 * @param clips how many samples were beyond full scale since the engine began
 */
public record UiMeter(float level, float rms, long clips) {}
