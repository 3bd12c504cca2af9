// SPDX-License-Identifier: Apache-2.0
/** The parameters as a control module has them: values and texts, who changes them, gestures, groups. */
package dev.patchbay.control.parameter;
