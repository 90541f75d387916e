/** Scenes: associations and their messages at their times, played into a capture. For fixtures and tests: frames may be lost,
 *  repeated, exchanged or damaged on the way. */
#ifndef RP_HARNESS_CAPTURE_SCENE_H
#define RP_HARNESS_CAPTURE_SCENE_H

#include <stddef.h>
#include <stdint.h>

#include "harness/capture/packet.h"
#include "harness/capture/write.h"

enum { RP_SCENE_STREAMS = 16, RP_SCENE_ADDRESSES = 2 };

/** One end of the scene's association. */
struct rp_scene_end {
    const char *address[RP_SCENE_ADDRESSES]; /* the second for multihoming, or NULL */
    uint16_t port;
    uint32_t tag, tsn; /* of its INIT or INIT ACK; 0 = a number made from the port */
};

/** Zero-initialise what is not needed. */
struct rp_scene_options {
    struct rp_scene_end end[2]; /* 0 sends INIT */
    uint32_t link_type;         /* as it is: 0 is BSD loopback, 1 Ethernet */
    uint16_t vlan[2];
    uint16_t udp_port;
    uint16_t ip_mtu;
    size_t fragment;  /* octets of user data in a DATA chunk; 0 = 1400 */
    int interleaved;  /* I-DATA */
    int64_t start_ns; /* time of the first frame */
    int64_t step_ns;  /* from frame to frame; 0 = 1 ms */
};

/** A user message to be sent. */
struct rp_scene_message {
    int from;
    uint16_t stream; /* below RP_SCENE_STREAMS */
    uint32_t ppid;
    int unordered;
    const void *octets;
    size_t len;
    const char *comment; /* for its last frame, or NULL */
};

/** A frame of the scene; `octets` are the scene's own. */
struct rp_scene_frame {
    int64_t time_ns;
    uint8_t *octets;
    size_t len;
    char *comment;
};

/** What the scene knows while it is played. `frames` may be read, changed and exchanged until rp_scene_write. */
struct rp_scene {
    struct rp_scene_options options;
    struct rp_scene_frame *frames;
    size_t count, room;
    int64_t time_ns;
    unsigned way; /* index of the addresses in use */
    struct {
        uint32_t tag, tsn;
        uint32_t seen; /* newest TSN of the other end, for SACK */
        uint32_t mid[RP_SCENE_STREAMS], unordered_mid[RP_SCENE_STREAMS];
        uint8_t *packet; /* being put together */
        size_t len;
    } end[2];
    uint32_t ip_id;
    int failed; /* no memory, or something that fits no packet */
};

/** @return NULL when an address can't be read or without memory; give back with rp_scene_free */
struct rp_scene *rp_scene_new(const struct rp_scene_options *options);
void rp_scene_free(struct rp_scene *scene);

/** INIT, INIT ACK, COOKIE ECHO, COOKIE ACK: four frames. */
void rp_scene_handshake(struct rp_scene *scene);

/** DATA (or I-DATA) chunks, each in a packet of its own. @return index of the first frame */
size_t rp_scene_message(struct rp_scene *scene, const struct rp_scene_message *message);

/** Adds the chunks of a message to the packet being put together; rp_scene_send sends it. */
void rp_scene_bundle(struct rp_scene *scene, const struct rp_scene_message *message);

/** Adds a chunk as it is to the packet being put together. @param len of the value */
void rp_scene_chunk(struct rp_scene *scene, int from, uint8_t type, uint8_t flags, const void *value, size_t len);

/** Sends the packet being put together with the other end's tag. @return index of its (first) frame */
size_t rp_scene_send(struct rp_scene *scene, int from, const char *comment);

/** SACK for all that the other end has sent so far. @return index of the frame */
size_t rp_scene_sack(struct rp_scene *scene, int from);

/** SHUTDOWN, SHUTDOWN ACK, SHUTDOWN COMPLETE: three frames. */
void rp_scene_shutdown(struct rp_scene *scene, int from);

/** ABORT with cause 12, user-initiated. @param reason text, or NULL for no cause */
void rp_scene_abort(struct rp_scene *scene, int from, const char *reason);

/** Both ends begin anew with other tags and TSNs, as after a restart of their process; a handshake should follow. */
void rp_scene_restart(struct rp_scene *scene);

/** The clock goes on. */
void rp_scene_wait(struct rp_scene *scene, int64_t ns);

/** The capture lacks this frame; those behind it keep their times and move one place down. */
void rp_scene_lose(struct rp_scene *scene, size_t frame);

/** The frame comes once more, now. */
void rp_scene_repeat(struct rp_scene *scene, size_t frame);

/** Two frames change places; each place keeps its time. */
void rp_scene_exchange(struct rp_scene *scene, size_t a, size_t b);

/** Writes the frames in their order to an interface of a capture. @return 0, or -1 when the scene had failed */
int rp_scene_write(const struct rp_scene *scene, struct rp_capwriter *writer, int interface);

#endif
