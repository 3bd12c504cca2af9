// SPDX-License-Identifier: Apache-2.0
/** What {@code ./patchbay stress} runs: parts of a proof, each made of units that stand alone, so a run can stop and go on. */
package dev.patchbay.stress.run;
