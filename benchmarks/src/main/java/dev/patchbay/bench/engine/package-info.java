// SPDX-License-Identifier: Apache-2.0
/** Modules that engines play while they are measured, and the load beside them. */
package dev.patchbay.bench.engine;
