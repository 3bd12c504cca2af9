// SPDX-License-Identifier: Apache-2.0
/** Calls between Java and C. */
package dev.patchbay.bench.calls;
