#include "harness/capture/scene.h"

#include <stdlib.h>
#include <string.h>

#include "harness/capture/octets.h"
#include "harness/capture/sctp_private.h"

enum { COMMON_HEAD = 12, PACKET_ROOM = 65535, DEFAULT_FRAGMENT = 1400 };

static const struct rp_ip_address none;

static struct rp_ip_address address_of(const struct rp_scene *scene, int end, unsigned way)
{
    struct rp_ip_address address = none;
    const char *const *text = scene->options.end[end].address;
    rp_packet_address(text[way && text[1] ? 1 : 0], &address);
    return address;
}

static void begin_end(struct rp_scene *scene, int end, uint32_t tag, uint32_t tsn)
{
    scene->end[end].tag = tag;
    scene->end[end].tsn = tsn;
    scene->end[1 - end].seen = tsn - 1;
    memset(scene->end[end].mid, 0, sizeof scene->end[end].mid);
    memset(scene->end[end].unordered_mid, 0, sizeof scene->end[end].unordered_mid);
}

struct rp_scene *rp_scene_new(const struct rp_scene_options *options)
{
    struct rp_ip_address address;
    struct rp_scene *scene = calloc(1, sizeof *scene);
    if (!scene)
        return NULL;
    scene->options = *options;
    scene->time_ns = options->start_ns;
    if (!scene->options.fragment)
        scene->options.fragment = DEFAULT_FRAGMENT;
    if (!scene->options.step_ns)
        scene->options.step_ns = 1000000;
    for (int i = 0; i < 2; i++) {
        const struct rp_scene_end *end = &options->end[i];
        uint32_t made = end->port * 2654435761u ^ (i ? 0x5bd1e995u : 0x27d4eb2fu);
        begin_end(scene, i, end->tag ? end->tag : made, end->tsn ? end->tsn : made >> 4);
        scene->end[i].packet = malloc(PACKET_ROOM);
        if (!scene->end[i].packet || !end->address[0] || rp_packet_address(end->address[0], &address) != 0 ||
            (end->address[1] && rp_packet_address(end->address[1], &address) != 0)) {
            rp_scene_free(scene);
            return NULL;
        }
    }
    return scene;
}

void rp_scene_free(struct rp_scene *scene)
{
    if (!scene)
        return;
    for (size_t i = 0; i < scene->count; i++) {
        free(scene->frames[i].octets);
        free(scene->frames[i].comment);
    }
    free(scene->frames);
    free(scene->end[0].packet);
    free(scene->end[1].packet);
    free(scene);
}

static void add_frame(void *context, const uint8_t *octets, size_t len)
{
    struct rp_scene *scene = context;
    if (scene->count == scene->room) {
        size_t room = scene->room ? scene->room * 2 : 64;
        struct rp_scene_frame *frames = realloc(scene->frames, room * sizeof *frames);
        if (!frames) {
            scene->failed = 1;
            return;
        }
        scene->frames = frames;
        scene->room = room;
    }
    uint8_t *copy = malloc(len);
    if (!copy) {
        scene->failed = 1;
        return;
    }
    memcpy(copy, octets, len);
    scene->frames[scene->count++] = (struct rp_scene_frame){ .time_ns = scene->time_ns, .octets = copy, .len = len };
    scene->time_ns += scene->options.step_ns;
}

void rp_scene_chunk(struct rp_scene *scene, int from, uint8_t type, uint8_t flags, const void *value, size_t len)
{
    size_t at = scene->end[from].len ? scene->end[from].len : COMMON_HEAD, padded = (4 + len + 3) & ~(size_t)3;
    if (at + padded > PACKET_ROOM || len > 65531) {
        scene->failed = 1;
        return;
    }
    uint8_t *chunk = scene->end[from].packet + at;
    memset(chunk + padded - 4, 0, 4);
    chunk[0] = type;
    chunk[1] = flags;
    rp_put_be16(chunk + 2, (uint32_t)(4 + len));
    if (len)
        memcpy(chunk + 4, value, len);
    scene->end[from].len = at + padded;
}

static size_t send_with_tag(struct rp_scene *scene, int from, uint32_t tag, const char *comment)
{
    const struct rp_scene_options *options = &scene->options;
    size_t first = scene->count, len = scene->end[from].len;
    uint8_t *packet = scene->end[from].packet;
    struct rp_packet_way way = { .from = address_of(scene, from, scene->way),
                                 .to = address_of(scene, 1 - from, scene->way),
                                 .link_type = options->link_type,
                                 .vlan = { options->vlan[0], options->vlan[1] },
                                 .udp_port = options->udp_port,
                                 .ip_mtu = options->ip_mtu,
                                 .ip_id = ++scene->ip_id };
    rp_put_be16(packet, options->end[from].port);
    rp_put_be16(packet + 2, options->end[1 - from].port);
    rp_put_be32(packet + 4, tag);
    rp_packet_seal(packet, len);
    scene->end[from].len = 0;
    if (!rp_packet_frames(&way, packet, len, add_frame, scene))
        scene->failed = 1;
    if (comment && scene->count > first && !(scene->frames[scene->count - 1].comment = strdup(comment)))
        scene->failed = 1;
    return first;
}

size_t rp_scene_send(struct rp_scene *scene, int from, const char *comment)
{
    return send_with_tag(scene, from, scene->end[1 - from].tag, comment);
}

static void add_init(struct rp_scene *scene, int from, uint8_t type)
{
    uint8_t value[16 + 2 * 20 + 8] = { 0 };
    size_t len = 16;
    rp_put_be32(value, scene->end[from].tag);
    rp_put_be32(value + 4, 1 << 20);
    rp_put_be16(value + 8, RP_SCENE_STREAMS);
    rp_put_be16(value + 10, RP_SCENE_STREAMS);
    rp_put_be32(value + 12, scene->end[from].tsn);
    for (unsigned i = 0; scene->options.end[from].address[1] && i < RP_SCENE_ADDRESSES; i++) {
        struct rp_ip_address address = address_of(scene, from, i);
        int v4 = rp_ip_is_v4(&address);
        rp_put_be16(value + len, v4 ? 5 : 6);
        rp_put_be16(value + len + 2, v4 ? 8 : 20);
        memcpy(value + len + 4, address.octets + (v4 ? 12 : 0), v4 ? 4 : 16);
        len += v4 ? 8 : 20;
    }
    if (type == RP_CHUNK_INIT_ACK) { /* a state cookie of four octets */
        rp_put_be16(value + len, 7);
        rp_put_be16(value + len + 2, 8);
        rp_put_be32(value + len + 4, scene->end[from].tag);
        len += 8;
    }
    rp_scene_chunk(scene, from, type, 0, value, len);
}

void rp_scene_handshake(struct rp_scene *scene)
{
    uint8_t cookie[4];
    rp_put_be32(cookie, scene->end[1].tag);
    add_init(scene, 0, RP_CHUNK_INIT);
    send_with_tag(scene, 0, 0, NULL);
    add_init(scene, 1, RP_CHUNK_INIT_ACK);
    rp_scene_send(scene, 1, NULL);
    rp_scene_chunk(scene, 0, RP_CHUNK_COOKIE_ECHO, 0, cookie, sizeof cookie);
    rp_scene_send(scene, 0, NULL);
    rp_scene_chunk(scene, 1, RP_CHUNK_COOKIE_ACK, 0, NULL, 0);
    rp_scene_send(scene, 1, NULL);
}

/* one DATA or I-DATA chunk: the part of the message from `offset` on */
static void add_data(struct rp_scene *scene, const struct rp_scene_message *message, uint32_t mid, size_t offset, size_t len)
{
    int from = message->from, interleaved = scene->options.interleaved, first = offset == 0;
    uint8_t value[PACKET_ROOM], flags = 0;
    size_t head = interleaved ? 16 : 12;
    if (head + len > sizeof value) {
        scene->failed = 1;
        return;
    }
    flags |= first ? RP_DATA_BEGIN : 0;
    flags |= offset + len == message->len ? RP_DATA_END : 0;
    flags |= message->unordered ? RP_DATA_UNORDERED : 0;
    rp_put_be32(value, scene->end[from].tsn);
    rp_put_be16(value + 4, message->stream);
    rp_put_be16(value + 6, interleaved ? 0 : mid & 0xffff);
    if (interleaved)
        rp_put_be32(value + 8, mid);
    rp_put_be32(value + head - 4, interleaved && !first ? (uint32_t)(offset / scene->options.fragment) : message->ppid);
    memcpy(value + head, (const uint8_t *)message->octets + offset, len);
    rp_scene_chunk(scene, from, interleaved ? RP_CHUNK_I_DATA : RP_CHUNK_DATA, flags, value, head + len);
    scene->end[1 - from].seen = scene->end[from].tsn++;
}

/* unordered messages have numbers of their own in I-DATA, none in DATA */
static uint32_t take_mid(struct rp_scene *scene, const struct rp_scene_message *message)
{
    unsigned stream = message->stream % RP_SCENE_STREAMS;
    if (!message->unordered)
        return scene->end[message->from].mid[stream]++;
    return scene->options.interleaved ? scene->end[message->from].unordered_mid[stream]++ : 0;
}

size_t rp_scene_message(struct rp_scene *scene, const struct rp_scene_message *message)
{
    size_t first = scene->count, part = scene->options.fragment;
    uint32_t mid = take_mid(scene, message);
    for (size_t offset = 0; offset < message->len; offset += part) {
        size_t len = message->len - offset < part ? message->len - offset : part;
        add_data(scene, message, mid, offset, len);
        rp_scene_send(scene, message->from, offset + len == message->len ? message->comment : NULL);
    }
    return first;
}

void rp_scene_bundle(struct rp_scene *scene, const struct rp_scene_message *message)
{
    size_t part = scene->options.fragment;
    uint32_t mid = take_mid(scene, message);
    for (size_t offset = 0; offset < message->len; offset += part)
        add_data(scene, message, mid, offset, message->len - offset < part ? message->len - offset : part);
}

size_t rp_scene_sack(struct rp_scene *scene, int from)
{
    uint8_t value[12] = { 0 };
    rp_put_be32(value, scene->end[from].seen);
    rp_put_be32(value + 4, 1 << 20);
    rp_scene_chunk(scene, from, RP_CHUNK_SACK, 0, value, sizeof value);
    return rp_scene_send(scene, from, NULL);
}

void rp_scene_shutdown(struct rp_scene *scene, int from)
{
    uint8_t value[4];
    rp_put_be32(value, scene->end[from].seen);
    rp_scene_chunk(scene, from, RP_CHUNK_SHUTDOWN, 0, value, sizeof value);
    rp_scene_send(scene, from, NULL);
    rp_scene_chunk(scene, 1 - from, RP_CHUNK_SHUTDOWN_ACK, 0, NULL, 0);
    rp_scene_send(scene, 1 - from, NULL);
    rp_scene_chunk(scene, from, RP_CHUNK_SHUTDOWN_COMPLETE, 0, NULL, 0);
    rp_scene_send(scene, from, NULL);
}

void rp_scene_abort(struct rp_scene *scene, int from, const char *reason)
{
    uint8_t value[260] = { 0 };
    size_t len = reason ? strlen(reason) : 0;
    if (len > 255)
        len = 255;
    rp_put_be16(value, 12);
    rp_put_be16(value + 2, (uint32_t)(4 + len));
    if (len)
        memcpy(value + 4, reason, len);
    rp_scene_chunk(scene, from, RP_CHUNK_ABORT, 0, value, reason ? 4 + len : 0);
    rp_scene_send(scene, from, NULL);
}

void rp_scene_restart(struct rp_scene *scene)
{
    for (int i = 0; i < 2; i++)
        begin_end(scene, i, scene->end[i].tag * 2654435761u + 1, scene->end[i].tsn + 1000000);
}

void rp_scene_wait(struct rp_scene *scene, int64_t ns)
{
    scene->time_ns += ns;
}

void rp_scene_lose(struct rp_scene *scene, size_t frame)
{
    if (frame >= scene->count)
        return;
    free(scene->frames[frame].octets);
    free(scene->frames[frame].comment);
    scene->count--;
    memmove(&scene->frames[frame], &scene->frames[frame + 1], (scene->count - frame) * sizeof *scene->frames);
}

void rp_scene_repeat(struct rp_scene *scene, size_t frame)
{
    if (frame < scene->count)
        add_frame(scene, scene->frames[frame].octets, scene->frames[frame].len);
}

void rp_scene_exchange(struct rp_scene *scene, size_t a, size_t b)
{
    if (a >= scene->count || b >= scene->count)
        return;
    struct rp_scene_frame kept = scene->frames[a];
    int64_t a_ns = kept.time_ns, b_ns = scene->frames[b].time_ns;
    scene->frames[a] = scene->frames[b];
    scene->frames[b] = kept;
    scene->frames[a].time_ns = a_ns;
    scene->frames[b].time_ns = b_ns;
}

int rp_scene_write(const struct rp_scene *scene, struct rp_capwriter *writer, int interface)
{
    for (size_t i = 0; i < scene->count; i++)
        rp_capwrite_frame(writer, interface, scene->frames[i].time_ns, scene->frames[i].octets, scene->frames[i].len,
                          scene->frames[i].comment);
    return scene->failed ? -1 : 0;
}
