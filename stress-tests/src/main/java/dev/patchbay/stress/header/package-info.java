// SPDX-License-Identifier: Apache-2.0
/**
 * The generated C header in the model of memory: what the compiler makes of it, alone and beside Java. docs/proof.md says what
 * this shows and how a scenario is written.
 */
package dev.patchbay.stress.header;
