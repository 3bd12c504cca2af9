// SPDX-License-Identifier: Apache-2.0
/** How parameters move with the host's song: the compiled automation in a region, who writes it and who reads it to play. */
package dev.patchbay.eventqueue.automation;
