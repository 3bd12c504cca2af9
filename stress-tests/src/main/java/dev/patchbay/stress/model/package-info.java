// SPDX-License-Identifier: Apache-2.0
/**
 * A model checker for release/acquire memory: production code runs on {@link dev.patchbay.stress.model.ModelBuffer} in every
 * execution that RC11 allows within stated bounds. docs/memory-model.md says what it shows and what it cannot show.
 */
package dev.patchbay.stress.model;
