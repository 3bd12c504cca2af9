// SPDX-License-Identifier: Apache-2.0
/** JSON as presets and states have it: canonical when it is written, checked and with lines when it is read. Not exported. */
package dev.patchbay.control.json;
