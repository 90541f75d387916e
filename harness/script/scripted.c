#include "harness/script/scripted.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codecs/per/per.h"
#include "codecs/value/json.h"
#include "harness/json_span.h"

enum { LINKS = 8 };
static const int64_t START_NS = INT64_C(1700000000) * 1000000000; /* a time of day, as captures have one */

enum { KEY_T, KEY_LINK, KEY_FROM, KEY_PPID, KEY_STREAM, KEY_SET, KEY_MESSAGE, KEY_HEX, KEY_EVENT, KEYS };
static const char *const key_names[KEYS] = { "t", "link", "from", "ppid", "stream", "set", "message", "hex", "event" };

struct play {
    struct rp_registry *registry;
    struct rp_rules *rules;
    struct rp_e2_session *session;
    struct rp_diags *diags;
    struct rp_arena arena; /* of one line */
    struct rp_sctp_association associations[LINKS];
    struct rp_span keys[KEYS];
    uint32_t line;
    double seconds;
};

static bool wrong(struct play *play, const char *text, const char *seen)
{
    struct rp_diag *diag = rp_diag_add(play->diags, RP_TRANSFER, RP_ESYNTAX, "%s", text);
    diag->line = play->line;
    snprintf(diag->seen, sizeof diag->seen, "%s", seen);
    return false;
}

static double number(const struct play *play, int key, double otherwise)
{
    char text[40];
    struct rp_span span = play->keys[key];
    if (!span.text || span.len >= sizeof text)
        return otherwise;
    memcpy(text, span.text, span.len);
    text[span.len] = '\0';
    return strtod(text, NULL);
}

static bool text_of(const struct play *play, int key, char *out, size_t size, const char *otherwise)
{
    snprintf(out, size, "%s", otherwise);
    return !play->keys[key].text || rp_span_string(play->keys[key], out, size);
}

static struct rp_sctp_association *association_of(struct play *play)
{
    double index = number(play, KEY_LINK, 0);
    if (!(index >= 0 && index < LINKS))
        return NULL;
    struct rp_sctp_association *association = &play->associations[(int)index];
    if (association->endpoint[0].names)
        return association;
    association->id = (uint32_t)index;
    association->file = "scripted";
    association->first_frame = play->line;
    association->first_ns = START_NS + (int64_t)(play->seconds * 1e9);
    for (int i = 0; i < 2; i++) {
        struct rp_sctp_endpoint *end = &association->endpoint[i];
        snprintf(end->name[0], sizeof end->name[0], "10.0.%d.%d:%d", (int)index, i + 1, i ? 36421 : 40000);
        end->names = 1;
        end->port = i ? 36421 : 40000;
    }
    return association;
}

static bool octets_of(struct play *play, const uint8_t **octets, size_t *len)
{
    struct rp_span hex = play->keys[KEY_HEX], json = play->keys[KEY_MESSAGE];
    char spec[64];
    if (hex.text) {
        const struct rp_type octet_string = { .kind = RP_OCTET_STRING,
                                              .keyword = "OCTET STRING",
                                              .self = { .type = &octet_string, .at = -1 } };
        struct rp_tree tree = rp_json_read(&octet_string, hex.text, hex.len, &play->arena, play->diags);
        if (!tree.n_nodes)
            return false;
        *octets = tree.nodes[0].value.octets;
        *len = tree.nodes[0].len;
        return true;
    }
    if (!text_of(play, KEY_SET, spec, sizeof spec - 10, "e2ap-03.01"))
        return wrong(play, "set is no string", "");
    memcpy(spec + strlen(spec), ":E2AP-PDU", sizeof ":E2AP-PDU");
    const struct rp_type *type = rp_registry_type(play->registry, spec, play->diags);
    if (!type)
        return false;
    struct rp_tree tree = rp_json_read(type, json.text, json.len, &play->arena, play->diags);
    return tree.n_nodes && rp_per_encode(&tree, RP_ALIGNED, RP_UNCHECKED, &play->arena, octets, len, play->diags);
}

static bool play_message(struct play *play, const struct rp_sctp_association *association, int from)
{
    struct rp_sctp_message message = {
        .association = association,
        .from = from,
        .stream = (uint16_t)number(play, KEY_STREAM, 0),
        .ppid = (uint32_t)number(play, KEY_PPID, 70),
        .tsn = play->line,
        .chunks = 1,
        .first_frame = play->line,
        .frame = play->line,
        .time_ns = START_NS + (int64_t)(play->seconds * 1e9),
        .delivered_frame = play->line,
        .delivered_ns = START_NS + (int64_t)(play->seconds * 1e9),
    };
    if (!octets_of(play, &message.octets, &message.len))
        return wrong(play, "the message can't be encoded", "");
    rp_e2_session_message(play->session, &message);
    return true;
}

static bool play_event(struct play *play, struct rp_sctp_association *association, int from, const char *name)
{
    for (int kind = 0; kind < RP_CAPTURE_KINDS; kind++) {
        if (strcmp(rp_capture_kind_name((enum rp_capture_kind)kind), name))
            continue;
        if (kind == RP_CAPTURE_MIDWAY)
            association->initiator = -1;
        const struct rp_capture_event event = {
            .kind = (enum rp_capture_kind)kind,
            .association = association,
            .from = from,
            .file = "scripted",
            .frame = play->line,
            .time_ns = START_NS + (int64_t)(play->seconds * 1e9),
            .sentence = name,
        };
        rp_e2_session_event(play->session, &event);
        return true;
    }
    return wrong(play, "unknown event", name);
}

static bool play_line(struct play *play, const char *line, size_t len)
{
    char from[16], event[32];
    size_t at = 0;
    if (!rp_json_members(line, len, key_names, play->keys, KEYS, &at))
        return wrong(play, "no JSON object", "");
    play->seconds = number(play, KEY_T, play->seconds);
    struct rp_sctp_association *association = association_of(play);
    if (!association)
        return wrong(play, "link is not from 0 to 7", "");
    if (!text_of(play, KEY_FROM, from, sizeof from, "e2node") || (strcmp(from, "e2node") && strcmp(from, "ric")))
        return wrong(play, "from is neither e2node nor ric", from);
    int side = !strcmp(from, "ric");
    if (!play->keys[KEY_EVENT].text && !play->keys[KEY_MESSAGE].text && !play->keys[KEY_HEX].text)
        return wrong(play, "neither message nor hex nor event", "");
    if (!play->keys[KEY_EVENT].text)
        return play_message(play, association, side);
    return text_of(play, KEY_EVENT, event, sizeof event, "") ? play_event(play, association, side, event)
                                                             : wrong(play, "event is no string", "");
}

static void on_link(void *rules, const struct rp_e2_link *link)
{
    rp_rules_link(rules, link);
}

static void on_message(void *rules, const struct rp_e2_message *message)
{
    rp_rules_message(rules, message);
}

static void on_event(void *rules, const struct rp_e2_link *link, const struct rp_capture_event *event)
{
    rp_rules_event(rules, link, event);
}

static bool play_lines(struct play *play, const char *lines, size_t len)
{
    for (const char *at = lines, *end = lines + len; at < end;) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((newline ? newline : end) - at);
        play->line++;
        if (length && !play_line(play, at, length))
            return false;
        rp_arena_reset(&play->arena);
        at += length + 1;
    }
    return true;
}

bool rp_scripted_play(const char *lines, size_t len, struct rp_registry *registry, struct rp_rules *rules, struct rp_diags *diags)
{
    const struct rp_e2_handler handler = { rules, on_link, on_message, on_event };
    struct play play = { .registry = registry, .rules = rules, .diags = diags };
    play.session = rp_e2_session_new(registry, NULL, &handler);
    if (!play.session) {
        rp_diag_add(diags, RP_TRANSFER, RP_ENOMEM, "no memory for a session");
        return false;
    }
    rp_rules_attach(rules, play.session);
    bool good = play_lines(&play, lines, len);
    rp_rules_finish(rules, START_NS + (int64_t)(play.seconds * 1e9));
    rp_rules_attach(rules, NULL);
    rp_e2_session_free(play.session);
    rp_arena_free(&play.arena);
    return good;
}
