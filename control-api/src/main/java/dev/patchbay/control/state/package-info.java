// SPDX-License-Identifier: Apache-2.0
/** Parameter values by stable id, and the containers in which a host keeps them. */
package dev.patchbay.control.state;
