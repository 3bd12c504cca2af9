// SPDX-License-Identifier: Apache-2.0
/** Values that are read and written one by one or whole, and what is repeated and measured by the nanosecond. */
package dev.patchbay.bench.cells;
