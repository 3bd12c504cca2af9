/* SPDX-License-Identifier: Apache-2.0 */
/* control: plain pb_sequenced_store */
/* A role's cell whose message changes while others read it: each text is whole, and who sees a state sees its reason. */

static pb_section role_cells;
static long role_written;

static pb_role *role_own(void)
{
    return (pb_role *)pb_section_element(&role_cells, 1);
}

static void role_text(char *text, size_t room, long n)
{
    snprintf(text, room, "%ld %.*s %ld", n, (int)(n % 200),
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        n);
}

static void *role_process(void *unused)
{
    char text[sizeof role_own()->message];
    long n;
    (void)unused;
    for (n = 1; goes_on(); n++) {
        role_text(text, sizeof text, n);
        pb_role_cell_message(role_own(), text);
        pb_role_cell_state(role_own(), (int32_t)n);
        role_written = n;
        if (n % 16 == 0)
            rest();
    }
    return NULL;
}

static void *role_reader(void *unused)
{
    char text[sizeof role_own()->message], expected[sizeof role_own()->message];
    (void)unused;
    while (goes_on()) {
        long state = pb_role_cell_state_of(role_own()), n;
        if (!pb_role_cell_message_of(role_own(), text) || state == 0)
            continue;
        n = atol(text);
        EXPECT(n >= state, "who sees the state sees its reason");
        role_text(expected, sizeof expected, n);
        EXPECT(strcmp(text, expected) == 0, "a text is whole");
        EXPECT(pb_role_cell_collector_of(role_own(), text) == 0 || text[0] == 0, "the other text stays as it is");
    }
    return NULL;
}

static void scenario_role_cell(void)
{
    const actor actors[] = {role_process, role_reader, role_reader};
    role_cells = OPEN(ROLES);
    TOGETHER(actors);
    done(role_written);
}
