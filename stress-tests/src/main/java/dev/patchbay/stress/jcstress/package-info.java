// SPDX-License-Identifier: Apache-2.0
/** The part of the proof that jcstress gives: which tests are run, on which JVMs, and how their results are judged. */
package dev.patchbay.stress.jcstress;
