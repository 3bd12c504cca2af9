// SPDX-License-Identifier: Apache-2.0
/** The goals of the Patchbay Maven plug-in; each runs the command line of the tools. */
package dev.patchbay.maven;
