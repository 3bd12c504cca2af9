// SPDX-License-Identifier: Apache-2.0
/**
 * What user interfaces show of a plug-in's own where that is a module of its own: a library, or a class in a process that control starts and
 * watches.
 */
package dev.patchbay.control.uistate;
