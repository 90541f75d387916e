/** Text that grows in an arena, or fills a buffer of the caller's. */
#ifndef RP_TEXT_H
#define RP_TEXT_H

#include "codecs/arena.h"

#include <stdbool.h>

/** Ends with NUL. Zero-initialise and set `arena` for a text that grows; or set `chars` and `cap` (at least 1) and leave `arena`
 *  NULL for one that is cut at cap - 1 characters. `failed` is sticky: the arena refused, or the text was cut. */
struct rp_text {
    struct rp_arena *arena;
    char *chars; /* NULL until something was put into a growing text */
    size_t len, cap;
    bool failed;
};

void rp_text_put(struct rp_text *text, const char *chars, size_t len);
void rp_text_puts(struct rp_text *text, const char *chars);
void rp_text_printf(struct rp_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Appends two hex digits an octet, in upper case. */
void rp_text_hex(struct rp_text *text, const uint8_t *octets, size_t len);

/** Appends `n` blanks. */
void rp_text_blanks(struct rp_text *text, size_t n);

#endif
