// SPDX-License-Identifier: Apache-2.0
/** What a user interface sees of a plug-in instance, up to sixty times a second, and what it does to it. */
package dev.patchbay.control.ui;
