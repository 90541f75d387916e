#include "codecs/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct rp_arena_chunk {
    struct rp_arena_chunk *older;
    size_t size; /* of the usable part */
    _Alignas(16) uint8_t octets[];
};

enum { ALIGN = 16, FIRST_CHUNK = 16 << 10 };

static long fail_after = -1;
static uint64_t system_allocs;

void rp_arena_fail_after(long n)
{
    fail_after = n;
}
uint64_t rp_arena_system_allocs(void)
{
    return system_allocs;
}

static void *system_alloc(size_t size)
{
    if (fail_after == 0)
        return NULL;
    if (fail_after > 0)
        fail_after--;
    system_allocs++;
    return malloc(size);
}

static int add_chunk(struct rp_arena *arena, size_t need)
{
    size_t limit = arena->limit ? arena->limit : RP_ARENA_DEFAULT_LIMIT;
    size_t size = arena->chunks ? 2 * arena->chunks->size : FIRST_CHUNK;
    if (size < need)
        size = need;
    size_t left = limit > arena->taken ? limit - arena->taken : 0;
    if (size > left) /* the last chunk takes what is left of the limit */
        size = left & ~(size_t)(ALIGN - 1);
    if (size < need)
        return 0;
    struct rp_arena_chunk *chunk = system_alloc(sizeof *chunk + size);
    if (!chunk)
        return 0;
    chunk->older = arena->chunks;
    chunk->size = size;
    arena->chunks = chunk;
    arena->at = chunk->octets;
    arena->end = chunk->octets + size;
    arena->taken += size;
    return 1;
}

void *rp_arena_alloc(struct rp_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        return NULL;
    size = size ? (size + ALIGN - 1) & ~(size_t)(ALIGN - 1) : ALIGN;
    if ((size_t)(arena->end - arena->at) < size && !add_chunk(arena, size))
        return NULL;
    void *block = arena->at;
    arena->at += size;
    return block;
}

void *rp_arena_calloc(struct rp_arena *arena, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / 2 / size)
        return NULL;
    void *block = rp_arena_alloc(arena, n * size);
    if (block)
        memset(block, 0, n * size);
    return block;
}

void *rp_arena_grow(struct rp_arena *arena, void *block, size_t old_size, size_t new_size)
{
    size_t old_span = old_size ? (old_size + ALIGN - 1) & ~(size_t)(ALIGN - 1) : ALIGN;
    if (block && (uint8_t *)block + old_span == arena->at && new_size <= (size_t)(arena->end - (uint8_t *)block)) {
        size_t span = (new_size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
        if (span <= (size_t)(arena->end - (uint8_t *)block)) {
            arena->at = (uint8_t *)block + (span > old_span ? span : old_span);
            return block;
        }
    }
    void *grown = rp_arena_alloc(arena, new_size);
    if (grown && block)
        memcpy(grown, block, old_size < new_size ? old_size : new_size);
    return grown;
}

char *rp_arena_strndup(struct rp_arena *arena, const char *text, size_t len)
{
    char *copy = rp_arena_alloc(arena, len + 1);
    if (copy) {
        memcpy(copy, text, len);
        copy[len] = '\0';
    }
    return copy;
}

char *rp_arena_printf(struct rp_arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    char *text = len < 0 ? NULL : rp_arena_alloc(arena, (size_t)len + 1);
    if (text)
        vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    va_end(args);
    return text;
}

static void drop_chunks(struct rp_arena *arena)
{
    for (struct rp_arena_chunk *chunk = arena->chunks; chunk;) {
        struct rp_arena_chunk *older = chunk->older;
        free(chunk);
        chunk = older;
    }
    arena->chunks = NULL;
    arena->at = arena->end = NULL;
    arena->taken = 0;
}

void rp_arena_reset(struct rp_arena *arena)
{
    if (arena->chunks && arena->chunks->older) {
        size_t size = arena->taken;
        drop_chunks(arena);
        if (!add_chunk(arena, size))
            return; /* the next allocation tries again with less */
    }
    if (arena->chunks)
        arena->at = arena->chunks->octets;
}

void rp_arena_free(struct rp_arena *arena)
{
    drop_chunks(arena);
}
