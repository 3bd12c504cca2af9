/* SPDX-License-Identifier: Apache-2.0 */
/* What a look-up found: where a section lies in this process, and its numbers from the directory. */
typedef struct pb_section {
    uint8_t *base;
    uint8_t *elements;
    uint32_t stride;
    uint32_t count;
    uint32_t copies;
    uint32_t copy_stride;
} pb_section;

/* A mapped region. error names what was wrong where a call failed; NULL otherwise. */
typedef struct pb_region {
    uint8_t *base;
    uint64_t length;
    const char *error;
} pb_region;

/* Checks one directory entry, a private copy, against the end of the one before it. NULL, or what is wrong. */
static inline const char *pb_entry_check(const pb_directory_entry *e, uint64_t previous_end, uint64_t length)
{
    if (e->offset < previous_end || e->offset % 128u != 0 || e->offset > length)
        return "a section's offset is not a multiple of 128 behind the section before it";
    if (e->length == 0 || e->length % 128u != 0 || e->length > length - e->offset)
        return "a section's length is not a multiple of 128 that ends within the region";
    if (e->stride < 1 || e->count < 1 || e->copies < 1 || e->stride > INT32_MAX || e->count > INT32_MAX
        || e->copies > INT32_MAX || e->copy_stride > INT32_MAX || e->elements_offset > INT32_MAX
        || (uint64_t)e->count * e->stride > e->copy_stride)
        return "a section's elements do not fit into the stride of a copy";
    if (e->elements_offset > e->length
        || (uint64_t)e->copies * e->copy_stride > e->length - e->elements_offset)
        return "a section's copies do not fit into its length";
    return NULL;
}

/* Copies the directory entry of this number: what is checked is what is used. */
static inline void pb_entry_read(const uint8_t *base, uint32_t index, pb_directory_entry *entry)
{
    memcpy(entry, base + PB_DIRECTORY_OFFSET + (size_t)index * sizeof *entry, sizeof *entry);
}

/* Decides whether length mapped bytes are a region that can be trusted. Any thread. NULL, or what is wrong.
   The ready word is loaded with acquire: it pairs with the creator's release. */
static inline const char *pb_region_validate(const uint8_t *base, uint64_t length)
{
    pb_region_header h;
    pb_directory_entry entry;
    uint32_t i, j;
    uint64_t end;
    if (length < PB_DIRECTORY_OFFSET)
        return "it is shorter than a region's header";
    (void)__atomic_load_n(&((const pb_region_header *)(const void *)base)->ready, __ATOMIC_ACQUIRE);
    memcpy(&h, base, sizeof h);
    if (h.magic != PB_MAGIC)
        return "its magic is not PATCHBAY";
    if (h.byte_order != PB_BYTE_ORDER_MARK)
        return "its byte order is not this machine's";
    if (h.format_version != PB_FORMAT_VERSION)
        return "its format version is not the one this program was built for";
    if (h.ready != PB_READY)
        return "its ready word is not set: it is incomplete";
    if (h.length != length)
        return "its length is not that of its file";
    if (h.directory_offset != PB_DIRECTORY_OFFSET)
        return "its directory is not where this format has it";
    if (h.section_count < 1 || h.section_count > PB_MAX_SECTIONS)
        return "its section count is not between 1 and the most that a region can have";
    end = PB_DIRECTORY_OFFSET + (uint64_t)h.section_count * sizeof entry;
    if (end > length)
        return "its directory runs past its end";
    for (i = 0; i < h.section_count; i++) {
        const char *error;
        pb_entry_read(base, i, &entry);
        error = pb_entry_check(&entry, end, length);
        if (error != NULL)
            return error;
        end = entry.offset + entry.length;
        for (j = 0; j < i; j++) {
            pb_directory_entry other;
            pb_entry_read(base, j, &other);
            if (strncmp(other.name, entry.name, sizeof entry.name) == 0)
                return "two sections have one name";
        }
    }
    return NULL;
}

/* Maps the region behind a descriptor for loads and stores, and checks it. The descriptor may be closed afterwards.
   1, or 0 with error set; nothing stays mapped then. */
static inline int pb_region_attach(pb_region *region, int fd)
{
    struct stat status;
    void *base;
    region->base = NULL;
    region->length = 0;
    region->error = NULL;
    if (fstat(fd, &status) != 0 || status.st_size < (off_t)PB_DIRECTORY_OFFSET) {
        region->error = "it is shorter than a region's header";
        return 0;
    }
    base = mmap(NULL, (size_t)status.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (base == MAP_FAILED) {
        region->error = strerror(errno);
        return 0;
    }
    region->error = pb_region_validate((const uint8_t *)base, (uint64_t)status.st_size);
    if (region->error != NULL) {
        munmap(base, (size_t)status.st_size);
        return 0;
    }
    region->base = (uint8_t *)base;
    region->length = (uint64_t)status.st_size;
    return 1;
}

/* Unmaps a region. No other thread may use it any more. */
static inline void pb_region_detach(pb_region *region)
{
    if (region->base != NULL)
        munmap(region->base, (size_t)region->length);
    region->base = NULL;
    region->length = 0;
}

/* Finds a section by name and checks its shape. 1, or 0 where it is missing or of another shape.
   The entry is checked again in the same copy that is used, so a directory that changed since validation does no harm. */
static inline int pb_region_find(const pb_region *region, const char *name, uint64_t hash, pb_section *section)
{
    uint32_t i, count;
    memcpy(&count, region->base + offsetof(pb_region_header, section_count), sizeof count);
    if (count > PB_MAX_SECTIONS || PB_DIRECTORY_OFFSET + (uint64_t)count * sizeof(pb_directory_entry) > region->length)
        return 0;
    for (i = 0; i < count; i++) {
        pb_directory_entry entry;
        pb_entry_read(region->base, i, &entry);
        if (strncmp(entry.name, name, sizeof entry.name) != 0)
            continue;
        if (entry.hash != hash || pb_entry_check(&entry, PB_DIRECTORY_OFFSET, region->length) != NULL)
            return 0;
        section->base = region->base + entry.offset;
        section->elements = section->base + entry.elements_offset;
        section->stride = entry.stride;
        section->count = entry.count;
        section->copies = entry.copies;
        section->copy_stride = entry.copy_stride;
        return 1;
    }
    return 0;
}

/* Finds a section of the declaration with this macro prefix, such as PB_STANDARD_AUDIO. */
#define PB_FIND(region, SECTION, section) pb_region_find((region), SECTION##_NAME, SECTION##_HASH, (section))

/* The element of this number in the first array. */
static inline void *pb_section_element(const pb_section *section, uint32_t index)
{
    return section->elements + (size_t)index * section->stride;
}

