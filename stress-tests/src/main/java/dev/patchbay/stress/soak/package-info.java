// SPDX-License-Identifier: Apache-2.0
/**
 * Processes in Java and in C that talk over one region while they are killed. Every message has a number and contents that follow
 * from it; journals in the region say what each side had begun and done when it died.
 */
package dev.patchbay.stress.soak;
