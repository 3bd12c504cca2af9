// SPDX-License-Identifier: Apache-2.0
/** The page in a browser that shows and moves a plug-in instance. Not exported. */
package dev.patchbay.control.panel;
