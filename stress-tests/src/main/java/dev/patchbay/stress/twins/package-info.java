// SPDX-License-Identifier: Apache-2.0
/** Primitives with one thing broken, and the tests that must fail on them: a unit of a twin passes where it is caught. */
package dev.patchbay.stress.twins;
