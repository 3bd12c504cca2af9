// SPDX-License-Identifier: Apache-2.0
/** What runs in the measured processes. */
package dev.patchbay.bench.fork;
