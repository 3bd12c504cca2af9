// SPDX-License-Identifier: Apache-2.0
/**
 * The primitives under jcstress, each on memory of its own outside the heap. On x86 this shows wrong algorithms and reordered
 * stores and loads; what only a weaker machine reorders it cannot show.
 */
package dev.patchbay.stress;
