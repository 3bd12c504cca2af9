// SPDX-License-Identifier: Apache-2.0
/** The queues in Java that are measured, all behind one interface, and the message that they move. */
package dev.patchbay.bench.queue;
