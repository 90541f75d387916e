/** Bump allocator with a byte limit. One arena a message, a case or a run; values in it are never freed singly. */
#ifndef RP_ARENA_H
#define RP_ARENA_H

#include <stddef.h>
#include <stdint.h>

struct rp_arena_chunk;

/** Zero-initialise, set `limit`; no other call is needed before the first rp_arena_alloc.
 *  The fields below `limit` are private. */
struct rp_arena {
    size_t limit; /* octets this arena may take from the system; 0 = RP_ARENA_DEFAULT_LIMIT */
    struct rp_arena_chunk *chunks;
    uint8_t *at, *end; /* the free part of the newest chunk */
    size_t taken;      /* octets taken from the system */
};

enum { RP_ARENA_DEFAULT_LIMIT = 64 << 20 };

/** @return `size` octets aligned to 16, not cleared, owned by the arena; NULL when the limit or the system refuses.
 *  A size of 0 gives a unique non-NULL pointer. */
void *rp_arena_alloc(struct rp_arena *arena, size_t size);

/** As rp_arena_alloc, cleared; refuses when n * size overflows. */
void *rp_arena_calloc(struct rp_arena *arena, size_t n, size_t size);

/** Gives a block a larger size: in place when it is the newest block, else a copy. The old block stays valid until reset.
 *  @return NULL on refusal, the old block untouched */
void *rp_arena_grow(struct rp_arena *arena, void *block, size_t old_size, size_t new_size);

/** A NUL-terminated copy of `len` characters, or NULL. */
char *rp_arena_strndup(struct rp_arena *arena, const char *text, size_t len);

/** printf into the arena. @return NULL when refused */
char *rp_arena_printf(struct rp_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Forgets every block and keeps the memory (one chunk as large as all were), so that the next message allocates nothing. */
void rp_arena_reset(struct rp_arena *arena);

/** Gives all memory back. The arena may be used again. */
void rp_arena_free(struct rp_arena *arena);

/** For tests: the n-th next system allocation of any arena fails, and all after it (0 = the next one; -1 = never fail). */
void rp_arena_fail_after(long n);

/** For tests and benchmarks: system allocations made by all arenas of this process so far. */
uint64_t rp_arena_system_allocs(void);

#endif
