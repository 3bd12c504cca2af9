// SPDX-License-Identifier: Apache-2.0
/** What there is to measure. */
package dev.patchbay.bench.plan;
