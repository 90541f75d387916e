#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codecs/per/per.h"
#include "codecs/value/json.h"
#include "harness/capture/scene.h"
#include "harness/input.h"
#include "harness/scenario.h"

enum { ETHERNET = 1, MAX_DEPTH = 64, E2AP_PPID = 70, ADDRESS_SIZE = 64 };

/** A scenario being written. */
struct maker {
    struct rp_registry *registry;
    struct rp_arena arena; /* of one message */
    struct rp_diags *diags;
    const struct rp_type *pdu;
    struct rp_scene *scene;
    int64_t start_ns;
    const char *label; /* of the message in hand */
};

static bool fault(struct maker *maker, const char *text)
{
    rp_diag_add(maker->diags, RP_TRANSFER, RP_ESYNTAX, "message %s: %s", maker->label ? maker->label : "?", text);
    return false;
}

/** Encodes a JSON value as a type. Unchecked: a scenario may be wrong on purpose. */
static bool encode(struct maker *maker, const struct rp_type *type, const json_t *value, const uint8_t **octets, size_t *len)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    if (!text)
        return fault(maker, "no value");
    char *kept = rp_arena_strndup(&maker->arena, text, strlen(text));
    size_t n = strlen(text);
    free(text);
    if (!kept)
        return fault(maker, "out of memory");
    struct rp_tree tree = rp_json_read(type, kept, n, &maker->arena, maker->diags);
    if (!tree.n_nodes || !rp_per_encode(&tree, RP_ALIGNED, RP_UNCHECKED, &maker->arena, octets, len, maker->diags))
        return fault(maker, "does not encode");
    return true;
}

static json_t *hex_of(const uint8_t *octets, size_t len)
{
    static const char digits[] = "0123456789ABCDEF";
    char *text = malloc(2 * len + 1);
    if (!text)
        return NULL;
    for (size_t i = 0; i < len; i++) {
        text[2 * i] = digits[octets[i] >> 4];
        text[2 * i + 1] = digits[octets[i] & 15];
    }
    json_t *hex = json_stringn(text, 2 * len);
    free(text);
    return hex;
}

/** A copy of a value in which every {"$type", "value"} is the hex of its encoding, innermost first. */
static json_t *resolve(struct maker *maker, const json_t *value, int depth)
{
    if (depth > MAX_DEPTH)
        return NULL;
    json_t *copy = json_is_object(value) ? json_object() : json_is_array(value) ? json_array() : json_deep_copy(value);
    const char *key;
    size_t i;
    json_t *member;
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
        json_object_set_new(copy, key, resolve(maker, member, depth + 1));
    json_array_foreach(value, i, member) json_array_append_new(copy, resolve(maker, member, depth + 1));
    const char *spec = json_string_value(json_object_get(copy, "$type"));
    if (!spec)
        return copy;
    const struct rp_type *type = rp_registry_type(maker->registry, spec, maker->diags);
    const uint8_t *octets;
    size_t len;
    json_t *hex = type && encode(maker, type, json_object_get(copy, "value"), &octets, &len) ? hex_of(octets, len) : NULL;
    json_decref(copy);
    return hex;
}

/** The octets of a message: its `hex`, or its `pdu` encoded. */
static bool message_octets(struct maker *maker, const json_t *message, const uint8_t **octets, size_t *len)
{
    const char *hex = json_string_value(json_object_get(message, "hex"));
    if (!hex) {
        json_t *pdu = resolve(maker, json_object_get(message, "pdu"), 0);
        bool good = pdu && encode(maker, maker->pdu, pdu, octets, len);
        json_decref(pdu);
        return good;
    }
    size_t at, n = strlen(hex);
    uint8_t *out = rp_arena_alloc(&maker->arena, n);
    if (!out || !rp_hex_read(hex, n, out, len, &at))
        return fault(maker, "hex can't be read");
    *octets = out;
    return true;
}

static bool play(struct maker *maker, const json_t *message)
{
    rp_arena_reset(&maker->arena);
    maker->label = json_string_value(json_object_get(message, "label"));
    const char *from = json_string_value(json_object_get(message, "from"));
    const json_t *ppid = json_object_get(message, "ppid");
    const uint8_t *octets;
    size_t len;
    if (!from || (strcmp(from, "e2node") != 0 && strcmp(from, "ric") != 0))
        return fault(maker, "`from` is \"e2node\" or \"ric\"");
    if (!message_octets(maker, message, &octets, &len))
        return false;
    int64_t due = maker->start_ns + (int64_t)(json_number_value(json_object_get(message, "at")) * 1e9);
    if (due > maker->scene->time_ns)
        rp_scene_wait(maker->scene, due - maker->scene->time_ns);
    struct rp_scene_message sent = { .from = !strcmp(from, "ric"),
                                     .stream = (uint16_t)json_integer_value(json_object_get(message, "stream")),
                                     .ppid = ppid ? (uint32_t)json_integer_value(ppid) : E2AP_PPID,
                                     .octets = octets,
                                     .len = len };
    if (sent.stream >= RP_SCENE_STREAMS)
        return fault(maker, "`stream` is too high");
    rp_scene_message(maker->scene, &sent);
    rp_scene_sack(maker->scene, !sent.from);
    return true;
}

/** "192.0.2.10:36421" taken apart. */
static bool read_end(const json_t *scenario, const char *key, char address[ADDRESS_SIZE], struct rp_scene_end *end)
{
    const char *text = json_string_value(json_object_get(scenario, key));
    const char *colon = text ? strrchr(text, ':') : NULL;
    if (!colon)
        return false;
    snprintf(address, ADDRESS_SIZE, "%.*s", (int)(colon - text), text);
    end->address[0] = address;
    end->port = (uint16_t)strtoul(colon + 1, NULL, 10);
    return end->port != 0;
}

static bool play_all(struct maker *maker, const json_t *scenario)
{
    char address[2][ADDRESS_SIZE], spec[80];
    snprintf(spec, sizeof spec, "%s:E2AP-PDU", json_string_value(json_object_get(scenario, "set")));
    maker->pdu = rp_registry_type(maker->registry, spec, maker->diags);
    maker->start_ns = (int64_t)(json_number_value(json_object_get(scenario, "start")) * 1e9);
    struct rp_scene_options options = { .link_type = ETHERNET, .start_ns = maker->start_ns, .step_ns = 200000 };
    if (!read_end(scenario, "e2node", address[0], &options.end[0]) || !read_end(scenario, "ric", address[1], &options.end[1]))
        return fault(maker, "`e2node` and `ric` are \"ADDRESS:PORT\"");
    maker->scene = maker->pdu ? rp_scene_new(&options) : NULL;
    if (!maker->scene)
        return fault(maker, "the association can't be made");
    rp_scene_handshake(maker->scene);
    bool good = true;
    size_t i;
    const json_t *message;
    json_array_foreach(json_object_get(scenario, "messages"), i, message) good = good && play(maker, message);
    if (good)
        rp_scene_shutdown(maker->scene, 0);
    return good;
}

bool rp_scenario_write(const json_t *scenario, struct rp_registry *registry, const char *path, struct rp_diags *diags)
{
    struct maker maker = { .registry = registry, .diags = diags };
    bool good = play_all(&maker, scenario);
    if (good) {
        struct rp_capwrite_options options = { 0 };
        struct rp_capwriter *writer = rp_capwrite_open(path, &options);
        int interface = writer ? rp_capwrite_interface(writer, ETHERNET, "e2") : -1;
        int failed = interface < 0 || rp_scene_write(maker.scene, writer, interface);
        if (rp_capwrite_close(writer) || failed) {
            rp_diag_add(diags, RP_TRANSFER, RP_EIO, "%s could not be written", path);
            good = false;
        }
    }
    rp_scene_free(maker.scene);
    rp_arena_free(&maker.arena);
    return good;
}
