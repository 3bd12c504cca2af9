// SPDX-License-Identifier: Apache-2.0
/** What figures of several rounds say. */
package dev.patchbay.bench.statistics;
