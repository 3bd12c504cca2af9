/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a section that was found has its elements behind a head of so many bytes, aligned for any of them, in at least so
   many copies. What the hash does not say, and a region by a broken program may have otherwise. Any thread. */
static inline int pb_section_fits(const pb_section *section, size_t head, uint32_t copies)
{
    size_t elements = (size_t)(section->elements - section->base);
    return elements >= head && elements % 8u == 0 && section->copies >= copies && section->copy_stride % 8u == 0;
}

