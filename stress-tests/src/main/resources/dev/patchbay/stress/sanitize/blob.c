/* SPDX-License-Identifier: Apache-2.0 */
/* control: plain pb_blob_write */
/* A blob with two readers: bytes, length and epoch are those of one publication, and the last complete one is always there. */

static pb_section blob;
static long blob_written;

static uint64_t blob_length(uint64_t n)
{
    return n * 37u % ((uint64_t)blob.count + 1u);
}

static void *blob_writer(void *unused)
{
    uint8_t *bytes = (uint8_t *)malloc(blob.count + 1u);
    uint64_t n;
    (void)unused;
    for (n = 1; goes_on(); n++) {
        memset(bytes, (int)(n & 0xFFu), blob.count);
        EXPECT(pb_blob_write(&blob, bytes, blob_length(n), n * 3u), "what fits is taken");
        EXPECT(!pb_blob_write(&blob, bytes, (uint64_t)blob.count + 1u, 1), "what is too long is refused");
        blob_written = (long)n;
        if (n % 16 == 0)
            rest();
    }
    free(bytes);
    return NULL;
}

static void blob_read(uint8_t *bytes, uint64_t *last)
{
    uint64_t sequence = 0, epoch = 0;
    int64_t length = pb_blob_read(&blob, bytes, &sequence, &epoch), i;
    if (length < 0)
        return;
    EXPECT(sequence >= *last, "publications do not go back");
    EXPECT((uint64_t)length == blob_length(sequence) && epoch == sequence * 3u, "length and epoch are those of the bytes");
    for (i = 0; i < length; i++)
        EXPECT(bytes[i] == (uint8_t)(sequence & 0xFFu), "the bytes are of one publication");
    *last = sequence;
}

static void *blob_reader(void *unused)
{
    uint8_t *bytes = (uint8_t *)malloc(blob.count + 1u);
    uint64_t last = 0;
    (void)unused;
    while (goes_on())
        blob_read(bytes, &last);
    free(bytes);
    return NULL;
}

static void scenario_blob(void)
{
    const actor actors[] = {blob_writer, blob_reader, blob_reader};
    uint8_t *bytes;
    uint64_t last = 0;
    blob = OPEN(BYTES);
    TOGETHER(actors);
    bytes = (uint8_t *)malloc(blob.count + 1u);
    blob_read(bytes, &last);
    free(bytes);
    EXPECT((long)last == blob_written, "the last complete bytes are readable");
    done(blob_written);
}
