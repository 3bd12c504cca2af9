/* SPDX-License-Identifier: Apache-2.0 */
/* Events: the queue of one producer, that of many, and messages in a ring beside a queue. EventSender and EventReader in Java. */

static pb_event_queue events, sysex_events;
static pb_shared_event_queue crowd;
static pb_ring sysex;
static pb_sysex_reader sysex_reader;

static void events_find(int role)
{
    pb_section section;
    find("events", PB_FIND(&region, PB_SOAK_EVENTS, &section) && pb_event_queue_over(&events, &section) == NULL);
    find("crowd", PB_FIND(&region, PB_SOAK_CROWD, &section) && pb_shared_event_queue_over(&crowd, &section, role) == NULL);
    find("sysex_events",
        PB_FIND(&region, PB_SOAK_SYSEX_EVENTS, &section) && pb_event_queue_over(&sysex_events, &section) == NULL);
    find("sysex", PB_FIND(&region, PB_SOAK_SYSEX, &section) && pb_ring_over(&sysex, &section) == NULL);
    pb_sysex_reader_init(&sysex_reader, &sysex);
}

static void events_take_over(int role)
{
    pb_shared_event_queue_take_over(&crowd);
    if (role == PB_SOAK_ROLE_WRITER && pb_ring_take_over(&sysex) < 0)
        fail("SYSEX: what lies in the ring is no record");
}

static uint16_t type_of(int role) { return role == PB_SOAK_ROLE_WRITER ? PB_EVENT_CONTROLLER : PB_EVENT_PITCH_BEND; }

static void fill_event(pb_event *event, int role, int64_t number, int64_t origin)
{
    memset(event, 0, sizeof *event);
    event->type = type_of(role);
    event->sample_offset = (int32_t)(number & INT32_MAX);
    event->channel = (int16_t)(number & 15);
    event->note_id = (int32_t)(uint32_t)word_of(role, number, 0);
    event->index = (int32_t)(uint32_t)word_of(role, number, 1);
    event->value = (double)number;
    event->detail = (double)origin;
}

static pb_event *claim_event(int is_shared)
{
    return is_shared ? pb_shared_event_queue_try_claim(&crowd) : pb_event_queue_try_claim(&events);
}

static int end_event(int is_shared, pb_event *slot, int keep)
{
    int ended = is_shared
        ? (keep ? pb_shared_event_queue_commit(&crowd, slot) : pb_shared_event_queue_abort(&crowd, slot))
        : (keep ? pb_event_queue_commit(&events, slot) : pb_event_queue_abort(&events, slot));
    if (!ended)
        fail("the claim of an event could not be ended");
    return ended;
}

static int send_event(int is_shared, int role, int64_t number, int64_t origin)
{
    pb_event event, *slot;
    if (number % 2 == 0) {
        fill_event(&event, role, number, origin);
        return is_shared ? pb_shared_event_queue_offer(&crowd, &event) : pb_event_queue_offer(&events, &event);
    }
    if (number % 5 == 0) {
        slot = claim_event(is_shared);
        if (slot == NULL)
            return 0;
        end_event(is_shared, slot, 0);
    }
    slot = claim_event(is_shared);
    if (slot == NULL)
        return 0;
    if (is_broken && !is_shared) {
        end_event(is_shared, slot, 1);
        fill_event(slot, role, number, origin);
        return 1;
    }
    fill_event(slot, role, number, origin);
    return end_event(is_shared, slot, 1);
}

/* So many events from this number on at a time, as many as there is room for: how many. */
static int64_t send_batch(int is_shared, int role, int64_t number, int count, int64_t origin)
{
    pb_event batch[SOAK_MOST_IN_A_BATCH];
    int i;
    for (i = 0; i < count; i++)
        fill_event(&batch[i], role, number + i, origin);
    return is_shared ? pb_shared_event_queue_offer_batch(&crowd, batch, (uint32_t)count)
                     : pb_event_queue_offer_batch(&events, batch, (uint32_t)count);
}

static int send_sysex(int role, int64_t number, int64_t origin)
{
    uint8_t message[256];
    uint32_t length = record_length(number);
    fill_record(message, role, number, origin, length);
    return pb_sysex_offer(&sysex_events, &sysex, (int32_t)(number & INT32_MAX), message, length) == PB_RING_SENT;
}

static void check_event(int lane, int role, const pb_event *event)
{
    int64_t number = (int64_t)event->value;
    if (event->type != type_of(role) || event->sample_offset != (int32_t)(number & INT32_MAX)
        || event->channel != (int16_t)(number & 15) || event->note_id != (int32_t)(uint32_t)word_of(role, number, 0)
        || event->index != (int32_t)(uint32_t)word_of(role, number, 1))
        torn(lane, number);
    arrived(lane, number, (int64_t)event->detail);
}

/* Before which frame a poll was asked to end. */
static int64_t before;

static void hear_event(void *context, const pb_event *event)
{
    int lane = *(const int *)context;
    if (event->sample_offset >= before)
        fail("%s: pb_event_queue_poll_before went beyond frame %lld", lane_names[lane], (long long)before);
    if (lane == SOAK_CROWD && event->type != type_of(PB_SOAK_ROLE_WRITER)) {
        check_event(SOAK_SECOND_CROWD, PB_SOAK_ROLE_SECOND, event);
    } else if (lane == SOAK_SYSEX) {
        uint32_t length;
        const uint8_t *message = pb_sysex_take(&sysex_reader, event, &length);
        if (message != NULL)
            hear_record(lane, PB_SOAK_ROLE_WRITER, message, length);
        else if (event->type != PB_EVENT_SYSEX || pb_event_sysex_length(event) != 0)
            fail("SYSEX: the message of an event is not in the ring");
    } else {
        check_event(lane, PB_SOAK_ROLE_WRITER, event);
    }
}

static void give_back_events(int lane)
{
    given_back(lane);
    if (lane == SOAK_CROWD)
        given_back(SOAK_SECOND_CROWD);
}

/* Of a queue of one or of many producers, whose consumer's side is the same. */
static int64_t read_queue(pb_event_queue *queue, int lane, uint32_t limit, int is_plain)
{
    int way = is_plain ? 0 : rand() % 3;
    uint32_t messages = 0;
    const pb_event *event;
    before = INT64_MAX;
    if (way == 0) {
        messages = queue == &crowd.queue ? pb_shared_event_queue_poll(&crowd, hear_event, &lane, limit)
                                         : pb_event_queue_poll(queue, hear_event, &lane, limit);
    } else if (way == 1) {
        before = (get(&journal, lane * SOAK_RECEIVEDS + SOAK_CHECKED) + 1 + rand() % 39) & INT32_MAX;
        messages = queue == &crowd.queue
            ? pb_shared_event_queue_poll_before(&crowd, (int32_t)before, hear_event, &lane, limit)
            : pb_event_queue_poll_before(queue, (int32_t)before, hear_event, &lane, limit);
    } else {
        while (messages < limit && (event = pb_event_queue_peek_first(queue)) != NULL) {
            hear_event(&lane, event);
            pb_event_queue_remove_first(queue);
            give_back_events(lane);
            messages++;
        }
    }
    give_back_events(lane);
    return messages;
}

static int64_t events_read(uint32_t limit, int is_plain)
{
    int64_t messages = read_queue(&events, SOAK_EVENTS, limit, is_plain);
    messages += read_queue(&crowd.queue, SOAK_CROWD, limit, is_plain);
    messages += read_queue(&sysex_events, SOAK_SYSEX, limit, is_plain);
    pb_sysex_release(&sysex_reader);
    return messages;
}
