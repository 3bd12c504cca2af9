/* SPDX-License-Identifier: Apache-2.0 */
/* The ring of records and the shared ring. */

static pb_ring stream;
static pb_shared_ring post;
static pb_shared_ring_recovery post_recovery;

static void records_find(int role)
{
    pb_section section;
    find("stream", PB_FIND(&region, PB_SOAK_STREAM, &section) && pb_ring_over(&stream, &section) == NULL);
    find("post", PB_FIND(&region, PB_SOAK_POST, &section) && pb_shared_ring_over(&post, &section, role) == NULL);
    if (role == PB_SOAK_ROLE_READER)
        pb_shared_ring_recover(&post, &post_recovery);
}

static void records_take_over(int role)
{
    pb_shared_ring_take_over(&post);
    if (role == PB_SOAK_ROLE_WRITER && pb_ring_take_over(&stream) < 0)
        fail("STREAM: what lies in the ring is no record");
}

static int claim(int is_shared, int32_t type, uint32_t length, void **payload)
{
    return is_shared ? pb_shared_ring_try_claim(&post, type, length, payload)
                     : pb_ring_try_claim(&stream, type, length, payload);
}

static void end(int is_shared, void *payload, int keep)
{
    int ended = is_shared ? (keep ? pb_shared_ring_commit(&post, payload) : pb_shared_ring_abort(&post, payload))
                          : (keep ? pb_ring_commit(&stream, payload) : pb_ring_abort(&stream, payload));
    if (!ended)
        fail("a claim could not be ended");
}

static int send_record(int is_shared, int role, int64_t number, int64_t origin)
{
    int32_t type = 1 + role;
    uint32_t length = record_length(number);
    void *payload;
    if (number % 2 == 0) {
        uint8_t record[256];
        fill_record(record, role, number, origin, length);
        return (is_shared ? pb_shared_ring_write(&post, type, record, length)
                          : pb_ring_write(&stream, type, record, length))
            == PB_RING_SENT;
    }
    if (number % 5 == 0) {
        if (claim(is_shared, type, length, &payload) != PB_RING_SENT)
            return 0;
        end(is_shared, payload, 0);
    }
    if (claim(is_shared, type, length, &payload) != PB_RING_SENT)
        return 0;
    fill_record((uint8_t *)payload, role, number, origin, length);
    end(is_shared, payload, 1);
    return 1;
}

/* What a read asks of its handler: 0, or anything that a controlled read may answer. */
static int is_controlled;

static pb_ring_action hear(void *context, int32_t type, const uint8_t *payload, uint32_t length)
{
    int lane = context != NULL ? SOAK_STREAM : type == 1 + PB_SOAK_ROLE_WRITER ? SOAK_POST : SOAK_SECOND_POST;
    int role = lane == SOAK_SECOND_POST ? PB_SOAK_ROLE_SECOND : PB_SOAK_ROLE_WRITER;
    pb_ring_action action = is_controlled ? (pb_ring_action)(rand() % 4) : PB_RING_CONTINUE;
    if (action == PB_RING_ABORT)
        return action;
    if (type != 1 + role)
        torn(lane, 0);
    hear_record(lane, role, payload, length);
    return action;
}

static int64_t sound(int64_t messages, int lane)
{
    if (messages == PB_RING_CORRUPT)
        fail("%s: what lies in the ring is no record", lane_names[lane]);
    return messages;
}

static int64_t records_read(uint32_t limit, int is_plain)
{
    static char is_stream;
    int64_t messages;
    is_controlled = !is_plain && rand() % 2;
    messages = sound(pb_ring_read(&stream, hear, &is_stream, limit), SOAK_STREAM);
    given_back(SOAK_STREAM);
    messages += sound(pb_shared_ring_read(&post, hear, NULL, limit), SOAK_POST);
    given_back(SOAK_POST);
    given_back(SOAK_SECOND_POST);
    return messages;
}
