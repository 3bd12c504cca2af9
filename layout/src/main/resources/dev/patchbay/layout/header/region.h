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

/* Why a region is not used: Refusal in Java. fault is 0 where nothing is wrong, or where the system refused: then system_error
   is its errno. name is the section's name, or the name that is wrong, as it stands in the region: it need not end with a 0. */
typedef struct pb_refusal {
    uint32_t fault;
    uint32_t section; /* the number of the section that it is wrong with, from 1; 0 where it is none */
    uint64_t found;
    uint64_t low;  /* the least that was expected */
    uint64_t high; /* the most that was expected */
    int system_error;
    char name[sizeof(((pb_directory_entry *)0)->name)];
} pb_refusal;

/* A mapped region. error is NULL, or says in a few words what was wrong where a call failed; pb_refusal_text says it in full. */
typedef struct pb_region {
    uint8_t *base;
    uint64_t length;
    const char *error;
    pb_refusal refusal;
} pb_region;

/* Text that is cut at the end of its room, and ends with a 0. */
typedef struct pb_text {
    char *at;
    size_t room;
    size_t length;
} pb_text;

static inline void pb_text_char(pb_text *text, char c)
{
    if (text->length + 1 < text->room)
        text->at[text->length] = c;
    text->length++;
}

static inline void pb_text_string(pb_text *text, const char *string)
{
    while (*string != 0)
        pb_text_char(text, *string++);
}

static inline void pb_text_number(pb_text *text, uint64_t number, uint32_t base)
{
    char digits[20];
    size_t count = 0;
    do {
        digits[count++] = "0123456789abcdef"[number % base];
        number /= base;
    } while (number != 0);
    while (count > 0)
        pb_text_char(text, digits[--count]);
}

/* A name with what cannot be printed, or would end the quotation, as question marks. */
static inline void pb_text_name(pb_text *text, const pb_refusal *refusal)
{
    size_t i;
    for (i = 0; i < sizeof refusal->name && refusal->name[i] != 0; i++) {
        char c = refusal->name[i];
        pb_text_char(text, c < ' ' || c > '~' || c == '"' || c == '\\' ? '?' : c);
    }
}

/* Puts in what a fault's text leaves open: RegionFault.template in Java. */
static inline void pb_text_place(pb_text *text, const pb_refusal *refusal, char place)
{
    char lower = place >= 'a' ? place : (char)(place - 'A' + 'a');
    if (place == 's') {
        pb_text_string(text, "section ");
        pb_text_number(text, refusal->section, 10);
        pb_text_string(text, " \"");
    }
    if (place == 's' || place == 'n') {
        pb_text_name(text, refusal);
        pb_text_string(text, place == 's' ? "\"" : "");
        return;
    }
    if (place != lower)
        pb_text_string(text, "0x");
    pb_text_number(text, lower == 'f' ? refusal->found : lower == 'l' ? refusal->low : refusal->high, place == lower ? 10 : 16);
}

/* Writes the sentence, as Java has it behind the region's name, into room bytes, cut if need be and ended by a 0. Returns the
   length of the whole sentence, as snprintf does; 300 bytes hold any. Any thread. */
static inline size_t pb_refusal_text(const pb_refusal *refusal, char *buffer, size_t room)
{
    pb_text text;
    const char *at = pb_fault_template(refusal->fault);
    text.at = buffer;
    text.room = room;
    text.length = 0;
    if (refusal->fault == 0) {
        pb_text_string(&text, refusal->system_error != 0 ? "it cannot be mapped: " : "nothing is wrong with it");
        pb_text_string(&text, refusal->system_error != 0 ? strerror(refusal->system_error) : "");
    }
    for (; *at != 0; at++) {
        if (*at == '%')
            pb_text_place(&text, refusal, *++at);
        else
            pb_text_char(&text, *at);
    }
    pb_text_char(&text, '.');
    if (room > 0)
        buffer[text.length < room ? text.length : room - 1] = 0;
    return text.length;
}

/* Fills a refusal in. Always 0, for the caller to return. */
static inline int pb_refuse(pb_refusal *refusal, uint32_t fault, uint64_t found, uint64_t low, uint64_t high)
{
    refusal->fault = fault;
    refusal->found = found;
    refusal->low = low;
    refusal->high = high;
    return 0;
}

/* Whether a number lies in a range; fills the refusal in where not. */
static inline int pb_check_range(pb_refusal *refusal, uint32_t fault, uint64_t found, uint64_t low, uint64_t high)
{
    return found < low || found > high ? pb_refuse(refusal, fault, found, low, high) : 1;
}

/* Whether a number lies in a range and is a multiple of a unit. */
static inline int pb_check_aligned(
    pb_refusal *refusal, uint32_t fault, uint64_t found, uint64_t unit, uint64_t low, uint64_t high)
{
    return found < low || found > high || found % unit != 0 ? pb_refuse(refusal, fault, found, low, high) : 1;
}

/* The place of the first byte by which a name is no identifier that ends within its field; room where there is none. */
static inline size_t pb_name_wrong_byte(const char *name, size_t room)
{
    size_t i;
    for (i = 0; i < room; i++) {
        char c = name[i];
        if (c == 0 && i > 0)
            return room;
        if (!(c >= 'a' && c <= 'z') && (i == 0 || !((c >= '0' && c <= '9') || c == '_')))
            return i;
    }
    return room - 1;
}

/* Keeps a name, which ends with a 0 or after room bytes, for the sentence. */
static inline void pb_refusal_name(pb_refusal *refusal, const char *name, size_t room)
{
    size_t i;
    memset(refusal->name, 0, sizeof refusal->name);
    for (i = 0; i < room && i < sizeof refusal->name && name[i] != 0; i++)
        refusal->name[i] = name[i];
}

/* Checks the names of the roles and gives their bits: RegionValidator.checkRoles in Java. 1, or 0 with the refusal. */
static inline int pb_roles_check(const pb_region_header *h, uint32_t *bits, pb_refusal *refusal)
{
    const size_t room = sizeof h->roles[0].name;
    const uint32_t count = (uint32_t)(sizeof h->roles / sizeof h->roles[0]);
    uint32_t i, j;
    *bits = 0;
    for (i = 0; i < count; i++) {
        const char *name = h->roles[i].name;
        if (name[0] == 0)
            continue;
        *bits |= 1u << i;
        pb_refusal_name(refusal, name, room);
        if (pb_name_wrong_byte(name, room) != room)
            return pb_refuse(refusal, PB_FAULT_ROLE_NAME, i, 0, room - 2);
        for (j = 0; j < i; j++) {
            if (strncmp(h->roles[j].name, name, room) == 0)
                return pb_refuse(refusal, PB_FAULT_ROLE_REPEATED, i, j, j);
        }
    }
    return 1;
}

/* Checks a header, a private copy: RegionValidator.checkHeader in Java. 1, or 0 with the refusal. */
static inline int pb_header_check(const pb_region_header *h, uint64_t length, uint32_t *roles, pb_refusal *refusal)
{
    const size_t room = sizeof h->name;
    size_t wrong;
    if (!pb_check_range(refusal, PB_FAULT_MAGIC, h->magic, PB_MAGIC, PB_MAGIC)
        || !pb_check_range(refusal, PB_FAULT_BYTE_ORDER, h->byte_order, PB_BYTE_ORDER_MARK, PB_BYTE_ORDER_MARK)
        || !pb_check_range(refusal, PB_FAULT_FORMAT_VERSION, h->format_version, PB_FORMAT_VERSION, PB_FORMAT_VERSION)
        || !pb_check_range(refusal, PB_FAULT_READY, h->ready, PB_READY, PB_READY)
        || !pb_check_range(refusal, PB_FAULT_LENGTH, h->length, length, length)
        || !pb_check_range(
            refusal, PB_FAULT_DIRECTORY_OFFSET, h->directory_offset, PB_DIRECTORY_OFFSET, PB_DIRECTORY_OFFSET)
        || !pb_check_range(refusal, PB_FAULT_SECTION_COUNT, h->section_count, 1, PB_MAX_SECTIONS)
        || !pb_check_range(refusal, PB_FAULT_DIRECTORY_END,
            PB_DIRECTORY_OFFSET + (uint64_t)h->section_count * sizeof(pb_directory_entry), 0, length))
        return 0;
    wrong = pb_name_wrong_byte(h->name, room);
    if (wrong != room) {
        pb_refusal_name(refusal, h->name, room);
        return pb_refuse(refusal, PB_FAULT_NAME, wrong, 0, room - 2);
    }
    return pb_roles_check(h, roles, refusal);
}

/* Checks one directory entry, a private copy: that its section lies behind previous_end within the region's length, and its
   elements within it. EntryCheck.place in Java. 1, or 0 with the refusal. */
static inline int pb_entry_check(
    const pb_directory_entry *e, uint32_t number, uint64_t previous_end, uint64_t length, pb_refusal *refusal)
{
    const pb_kind_rule rule = pb_kind_rule_of(e->kind);
    const uint32_t scalar = pb_scalar_size(e->scalar);
    const uint32_t unit = scalar > rule.unit ? scalar : rule.unit;
    const size_t wrong = pb_name_wrong_byte(e->name, sizeof e->name);
    uint64_t room, most;
    refusal->section = number;
    pb_refusal_name(refusal, e->name, sizeof e->name);
    if (wrong != sizeof e->name)
        return pb_refuse(refusal, PB_FAULT_SECTION_NAME, wrong, 0, sizeof e->name - 2);
    if (!pb_check_aligned(refusal, PB_FAULT_SECTION_OFFSET, e->offset, PB_LINE_PAIR, previous_end, length - PB_LINE_PAIR)
        || !pb_check_aligned(refusal, PB_FAULT_SECTION_LENGTH, e->length, PB_LINE_PAIR,
            (rule.head + 8u + rule.trailer + PB_LINE_PAIR - 1u) / PB_LINE_PAIR * PB_LINE_PAIR, length - e->offset)
        || !pb_check_aligned(
            refusal, PB_FAULT_ELEMENTS_OFFSET, e->elements_offset, 8, rule.head, e->length - rule.trailer - 8u))
        return 0;
    room = e->length - e->elements_offset;
    if (!pb_check_range(refusal, PB_FAULT_STRIDE, e->stride, rule.element, room - rule.trailer - rule.beside))
        return 0;
    if (e->stride % unit != 0)
        return pb_refuse(refusal, PB_FAULT_STRIDE_UNIT, e->stride, unit, unit);
    if (!pb_check_aligned(
            refusal, PB_FAULT_COPY_STRIDE, e->copy_stride, 8, (uint64_t)e->stride + rule.beside + rule.trailer, room))
        return 0;
    most = (e->copy_stride - rule.trailer) / ((uint64_t)e->stride + rule.beside);
    if (!pb_check_range(refusal, PB_FAULT_COUNT, e->count, 1, most))
        return 0;
    if (rule.power_of_two && (e->count & (e->count - 1u)) != 0)
        return pb_refuse(refusal, PB_FAULT_CAPACITY, e->count, 1, most);
    most = room / e->copy_stride;
    return pb_check_range(refusal, PB_FAULT_COPIES, e->copies, rule.copies > 1u ? rule.copies : 1u,
        rule.copies != 0 && rule.copies < most ? rule.copies : most);
}

/* Checks the roles and the other section that an entry names: EntryCheck.references in Java. 1, or 0 with the refusal. */
static inline int pb_entry_check_references(
    const pb_directory_entry *e, uint32_t number, uint32_t roles, uint32_t sections, pb_refusal *refusal)
{
    if ((e->writers & ~roles) != 0)
        return pb_refuse(refusal, PB_FAULT_WRITERS, e->writers, 0, roles);
    if ((e->readers & ~roles) != 0)
        return pb_refuse(refusal, PB_FAULT_READERS, e->readers, 0, roles);
    if (e->described_by > sections || e->described_by == number)
        return pb_refuse(refusal, PB_FAULT_DESCRIBED_BY, e->described_by, 0, sections);
    return 1;
}

/* Checks a directory, a private copy: RegionValidator.checkDirectory in Java. 1, or 0 with the refusal. */
static inline int pb_directory_check(
    const pb_directory_entry *directory, uint32_t count, uint32_t roles, uint64_t length, pb_refusal *refusal)
{
    uint64_t end = PB_DIRECTORY_OFFSET + (uint64_t)count * sizeof *directory;
    uint32_t i, j;
    for (i = 0; i < count; i++) {
        const pb_directory_entry *e = &directory[i];
        const size_t wrong = pb_name_wrong_byte(e->name, sizeof e->name);
        for (j = 0; j < i && wrong == sizeof e->name; j++) {
            if (strncmp(directory[j].name, e->name, sizeof e->name) == 0) {
                refusal->section = i + 1u;
                pb_refusal_name(refusal, e->name, sizeof e->name);
                return pb_refuse(refusal, PB_FAULT_SECTION_REPEATED, i + 1u, j + 1u, j + 1u);
            }
        }
        if (!pb_entry_check(e, i + 1u, end, length, refusal)
            || !pb_entry_check_references(e, i + 1u, roles, count, refusal))
            return 0;
        end = e->offset + e->length;
    }
    for (i = 0; i < count; i++) {
        const pb_directory_entry *e = &directory[i];
        if (e->kind == PB_KIND_PARAMETERS && e->described_by != 0 && e->count > directory[e->described_by - 1u].count) {
            refusal->section = i + 1u;
            pb_refusal_name(refusal, e->name, sizeof e->name);
            return pb_refuse(
                refusal, PB_FAULT_DESCRIPTIONS, e->count, e->described_by, directory[e->described_by - 1u].count);
        }
    }
    return 1;
}

/* Decides whether length mapped bytes are a region that can be trusted: RegionValidator in Java, with the same verdicts. 1, or 0
   with the refusal. Any thread; not for a small stack: header and directory are copied to it once, up to 29 KiB, and only the
   copy is looked at, so a region that changes meanwhile cannot pass a check and be another thing afterwards.
   The ready word is loaded with acquire: it pairs with the creator's release. */
static inline int pb_region_validate(const uint8_t *base, uint64_t length, pb_refusal *refusal)
{
    pb_region_header h;
    pb_directory_entry directory[PB_MAX_SECTIONS];
    uint32_t roles;
    memset(refusal, 0, sizeof *refusal);
    if (!pb_check_range(refusal, PB_FAULT_TOO_SHORT, length, PB_DIRECTORY_OFFSET, UINT64_MAX)
        || !pb_check_range(refusal, PB_FAULT_TOO_LONG, length, 0, INT32_MAX))
        return 0;
    (void)__atomic_load_n(&((const pb_region_header *)(const void *)base)->ready, __ATOMIC_ACQUIRE);
    memcpy(&h, base, sizeof h);
    if (!pb_header_check(&h, length, &roles, refusal))
        return 0;
    memcpy(directory, base + PB_DIRECTORY_OFFSET, h.section_count * sizeof directory[0]);
    if (!pb_directory_check(directory, h.section_count, roles, length, refusal))
        return 0;
    memset(refusal, 0, sizeof *refusal);
    return 1;
}

/* Notes why the system refused. Always 0, for the caller to return. */
static inline int pb_region_failed(pb_region *region)
{
    region->refusal.system_error = errno;
    region->error = strerror(errno);
    return 0;
}

/* Maps the region behind a descriptor with this protection, and checks it. */
static inline int pb_region_map(pb_region *region, int fd, int protection)
{
    struct stat status;
    void *base;
    memset(region, 0, sizeof *region);
    if (fstat(fd, &status) != 0)
        return pb_region_failed(region);
    if (!pb_check_range(&region->refusal, PB_FAULT_TOO_SHORT, (uint64_t)status.st_size, PB_DIRECTORY_OFFSET, UINT64_MAX)
        || !pb_check_range(&region->refusal, PB_FAULT_TOO_LONG, (uint64_t)status.st_size, 0, INT32_MAX)) {
        region->error = pb_fault_summary(region->refusal.fault);
        return 0;
    }
    base = mmap(NULL, (size_t)status.st_size, protection, MAP_SHARED, fd, 0);
    if (base == MAP_FAILED)
        return pb_region_failed(region);
    if (!pb_region_validate((const uint8_t *)base, (uint64_t)status.st_size, &region->refusal)) {
        munmap(base, (size_t)status.st_size);
        region->error = pb_fault_summary(region->refusal.fault);
        return 0;
    }
    region->base = (uint8_t *)base;
    region->length = (uint64_t)status.st_size;
    return 1;
}

/* Maps the region behind a descriptor for loads and stores, and checks it. The descriptor may be closed afterwards.
   1, or 0 with error and refusal set; nothing stays mapped then. */
static inline int pb_region_attach(pb_region *region, int fd)
{
    return pb_region_map(region, fd, PROT_READ | PROT_WRITE);
}

/* The same for loads alone, with a descriptor that may be read-only: any store through base, or through a section found in this
   region, ends the process with SIGSEGV. */
static inline int pb_region_attach_read_only(pb_region *region, int fd)
{
    return pb_region_map(region, fd, PROT_READ);
}

/* Unmaps a region. No other thread may use it any more. */
static inline void pb_region_detach(pb_region *region)
{
    if (region->base != NULL)
        munmap(region->base, (size_t)region->length);
    region->base = NULL;
    region->length = 0;
}

/* Finds a section by name and checks its shape. 1, or 0 with the refusal and an empty section
   where it is missing or of another shape. Any thread.
   The entry is checked again in the same copy that is used, so a directory that changed since validation does no harm. */
static inline int pb_region_look_up(
    const pb_region *region, const char *name, uint64_t hash, pb_section *section, pb_refusal *refusal)
{
    const uint8_t *at = region->base + PB_DIRECTORY_OFFSET;
    uint32_t i, count;
    memset(section, 0, sizeof *section);
    memset(refusal, 0, sizeof *refusal);
    if (!pb_check_range(refusal, PB_FAULT_TOO_SHORT, region->length, PB_DIRECTORY_OFFSET, UINT64_MAX))
        return 0;
    memcpy(&count, region->base + offsetof(pb_region_header, section_count), sizeof count);
    if (!pb_check_range(refusal, PB_FAULT_SECTION_COUNT, count, 1, PB_MAX_SECTIONS)
        || !pb_check_range(refusal, PB_FAULT_DIRECTORY_END,
            PB_DIRECTORY_OFFSET + (uint64_t)count * sizeof(pb_directory_entry), 0, region->length))
        return 0;
    for (i = 0; i < count; i++) {
        pb_directory_entry entry;
        memcpy(&entry, at + (size_t)i * sizeof entry, sizeof entry);
        if (strncmp(entry.name, name, sizeof entry.name) != 0)
            continue;
        if (!pb_entry_check(
                &entry, i + 1u, PB_DIRECTORY_OFFSET + (uint64_t)count * sizeof entry, region->length, refusal))
            return 0;
        if (entry.hash != hash)
            return pb_refuse(refusal, PB_FAULT_HASH, entry.hash, hash, hash);
        memset(refusal, 0, sizeof *refusal);
        section->base = region->base + entry.offset;
        section->elements = section->base + entry.elements_offset;
        section->stride = entry.stride;
        section->count = entry.count;
        section->copies = entry.copies;
        section->copy_stride = entry.copy_stride;
        return 1;
    }
    pb_refusal_name(refusal, name, sizeof refusal->name);
    return pb_refuse(refusal, PB_FAULT_MISSING, 0, 0, 0);
}

/* The same where nobody asks why. */
static inline int pb_region_find(const pb_region *region, const char *name, uint64_t hash, pb_section *section)
{
    pb_refusal refusal;
    return pb_region_look_up(region, name, hash, section, &refusal);
}

/* Finds a section of the declaration with this macro prefix, such as PB_STANDARD_AUDIO. */
#define PB_FIND(region, SECTION, section) pb_region_find((region), SECTION##_NAME, SECTION##_HASH, (section))

/* The element of this number in the first array. */
static inline void *pb_section_element(const pb_section *section, uint32_t index)
{
    return section->elements + (size_t)index * section->stride;
}

