// SPDX-License-Identifier: Apache-2.0
/** Builds the contenders, measures them in turn and keeps what was measured. */
package dev.patchbay.bench.run;
