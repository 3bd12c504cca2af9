// SPDX-License-Identifier: Apache-2.0
/**
 * Checks that a module keeps the real-time contract. {@link dev.patchbay.rt.verify.RealTimeSafety} is where a test begins.
 */
package dev.patchbay.rt.verify;
