/* SPDX-License-Identifier: Apache-2.0 */
/* control: relaxed pb_triple_replace */
/* Bulk changes by two writers, merged by one reader in the stated order: the host's, then control's; all of a change or none. */

#define CHANGES 3

static pb_section changes_host, changes_control;
static long changes_written[2];
static uint32_t changes_applied[2];
static float changes_values[CHANGES];

/* Writer 0 changes parameters 0 and 1, writer 1 parameters 1 and 2. */
static void changes_write(const pb_section *section, int writer)
{
    pb_parameter_change own[CHANGES];
    uint32_t n;
    memset(own, 0, sizeof own);
    for (n = 1; goes_on(); n++) {
        int i;
        for (i = writer; i < writer + 2; i++) {
            own[i].value = (float)(n % 1000000u + (uint32_t)writer * 1000000u);
            own[i].transaction = n;
        }
        pb_parameter_changes_publish(section, own);
        changes_written[writer] = n;
    }
}

static void *changes_by_host(void *unused)
{
    (void)unused;
    changes_write(&changes_host, 0);
    return NULL;
}

static void *changes_by_control(void *unused)
{
    (void)unused;
    changes_write(&changes_control, 1);
    return NULL;
}

/* Applies what is new, as ParameterChangesReader.poll does: 1 where there was something. */
static int changes_poll(const pb_section *section, int writer)
{
    const pb_parameter_change *found;
    uint32_t newest = changes_applied[writer];
    int i;
    if (!pb_triple_refresh(section))
        return 0;
    found = (const pb_parameter_change *)pb_triple_reader(section);
    for (i = 0; i < CHANGES; i++) {
        if (pb_parameter_changes_is_newer(found[i].transaction, changes_applied[writer])) {
            changes_values[i] = found[i].value;
            newest = found[i].transaction;
        }
    }
    EXPECT(found[writer].transaction == found[writer + 1].transaction, "a change is taken whole");
    changes_applied[writer] = newest;
    return 1;
}

static void changes_block(void)
{
    float before = changes_values[1];
    int host = changes_poll(&changes_host, 0);
    int control = changes_poll(&changes_control, 1);
    float due = control ? changes_values[2] : host ? changes_values[0] : before;
    EXPECT(!(changes_values[1] < due) && !(changes_values[1] > due), "control's change comes after the host's");
    if (!host && !control)
        rest();
}

static void *changes_reader(void *unused)
{
    (void)unused;
    while (goes_on())
        changes_block();
    return NULL;
}

static void scenario_parameter_changes(void)
{
    const actor actors[] = {changes_by_host, changes_by_control, changes_reader};
    changes_host = OPEN(FROM_HOST);
    changes_control = OPEN(FROM_CONTROL);
    EXPECT(changes_host.count == CHANGES && changes_control.count == CHANGES, "the region has as many parameters");
    TOGETHER(actors);
    changes_block();
    EXPECT((long)changes_applied[0] == changes_written[0] && (long)changes_applied[1] == changes_written[1],
        "no transaction is lost");
    done(changes_written[0] + changes_written[1]);
}
