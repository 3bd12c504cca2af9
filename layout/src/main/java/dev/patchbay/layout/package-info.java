// SPDX-License-Identifier: Apache-2.0
/**
 * Regions of shared memory: declared once, placed, created, attached and checked.
 *
 * <p>A region is declared by {@link dev.patchbay.layout.RegionDeclaration#named}, made with its first bytes from a
 * {@link dev.patchbay.layout.RegionImage} by {@link dev.patchbay.layout.Region#create}, and mapped by others with
 * {@link dev.patchbay.layout.Region#attach} or {@link dev.patchbay.layout.Region#attachReadOnly}. What lies where depends on the
 * declaration alone:
 *
 * <pre>{@code
 * 0                   RegionHeader.STRUCT: magic, version, byte order, hash, length, roles, ready word
 * DIRECTORY_OFFSET    RegionHeader.ENTRY, once for each section: name, kind, offset, length, hash of its shape, roles
 * a multiple of 128   the first section        +--------------------------------------------+
 *                                              | head, where its kind has one (see Heads)   |
 *                                              | elements: count * stride bytes             |
 *                                              | further copies, copyStride bytes apart     |
 *                                              +--------------------------------------------+
 * a multiple of 128   the next section, and so on
 * a multiple of 128   the section "schema": all names and comments as JSON, for tools that know no declaration
 * length              a multiple of 4096
 * }</pre>
 *
 * <p>The numbers of a declaration of your own are printed by {@code patchbay layout --declaration CLASS}, as a table or a
 * picture; they are not repeated here.
 *
 * <p><b>Units.</b> Offsets, lengths, sizes and strides are in bytes, counts in elements. Parameters are normalized to 0…1, meters
 * are linear peaks with 1 at full scale, and a field's name or comment tells its unit.
 *
 * <p><b>Memory order.</b> A section has one writer, who stores with release, and readers, who load with acquire; so whoever sees a value
 * sees what its writer stored before it. {@link dev.patchbay.layout.SectionKind#order} names the order of each kind, and the
 * kinds with an exchange or with several writers. The ready word of the header is released by the creator when all else is
 * written, and acquired by whoever attaches.
 *
 * <p><b>Threads.</b> Declarations, sections, structs, roles and parameters are immutable. Builders and images are for one thread at a
 * time. A {@link dev.patchbay.layout.Region} has one user, and {@link dev.patchbay.layout.Region#share} makes another handle for
 * another.
 *
 * <p><b>Errors.</b> A declaration that cannot be is an {@link java.lang.IllegalArgumentException} where it is built. A file that is no
 * region, or another one than expected, is a {@link dev.patchbay.layout.RegionException}, and nothing stays mapped. Use after close
 * is an {@link java.lang.IllegalStateException}. Each message names what was wrong, what was found and what was expected.
 */
package dev.patchbay.layout;
