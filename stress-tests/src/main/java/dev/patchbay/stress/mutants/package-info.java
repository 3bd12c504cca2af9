// SPDX-License-Identifier: Apache-2.0
/** Breaks the primitives' bytecode in one place at a time and lets the model find it out: a mutant that it does not is a hole. */
package dev.patchbay.stress.mutants;
