// SPDX-License-Identifier: Apache-2.0
/** The benchmarks: Patchbay beside what a user would take instead. */
package dev.patchbay.bench;
