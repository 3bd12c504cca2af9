// SPDX-License-Identifier: Apache-2.0
/** Shows what was measured. */
package dev.patchbay.bench.report;
