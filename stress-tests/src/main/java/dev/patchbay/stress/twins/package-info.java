// SPDX-License-Identifier: Apache-2.0
/** Primitives with one thing broken, and the tests that must fail on them: {@code --twins} runs these alone. */
package dev.patchbay.stress.twins;
