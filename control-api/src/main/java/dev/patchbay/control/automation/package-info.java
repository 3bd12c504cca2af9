// SPDX-License-Identifier: Apache-2.0
/** Automation as people see it: lanes of points, recording, editing, and its place in the state. */
package dev.patchbay.control.automation;
