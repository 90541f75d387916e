#include "codecs/value/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/** @return how many of `want` characters there is room for behind the text, with the NUL kept free */
static size_t room(struct rp_text *text, size_t want)
{
    if (text->failed || want > SIZE_MAX / 4)
        return 0;
    size_t need = text->len + want + 1;
    if (need <= text->cap)
        return want;
    if (!text->arena)
        return text->cap > text->len ? text->cap - text->len - 1 : 0;
    size_t cap = text->cap ? text->cap : 256;
    while (cap < need)
        cap *= 2;
    char *grown = rp_arena_grow(text->arena, text->chars, text->cap, cap);
    if (!grown)
        return 0;
    text->chars = grown;
    text->cap = cap;
    return want;
}

void rp_text_put(struct rp_text *text, const char *chars, size_t len)
{
    size_t n = room(text, len);
    if (n < len)
        text->failed = true;
    if (!text->chars || !text->cap)
        return;
    if (n)
        memcpy(text->chars + text->len, chars, n);
    text->len += n;
    text->chars[text->len] = '\0';
}

void rp_text_puts(struct rp_text *text, const char *chars)
{
    rp_text_put(text, chars, strlen(chars));
}

void rp_text_printf(struct rp_text *text, const char *format, ...)
{
    char small[256];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(small, sizeof small, format, args);
    size_t len = n > 0 ? (size_t)n : 0;
    if (len < sizeof small) {
        rp_text_put(text, small, len);
    } else {
        size_t fits = room(text, len);
        if (fits < len)
            text->failed = true;
        if (fits) {
            vsnprintf(text->chars + text->len, fits + 1, format, again);
            text->len += fits;
        }
    }
    va_end(again);
    va_end(args);
}

void rp_text_hex(struct rp_text *text, const uint8_t *octets, size_t len)
{
    static const char digits[] = "0123456789ABCDEF";
    char part[128];
    size_t n = 0;
    for (size_t i = 0; i < len && !text->failed; i++) {
        part[n++] = digits[octets[i] >> 4];
        part[n++] = digits[octets[i] & 15];
        if (n == sizeof part) {
            rp_text_put(text, part, n);
            n = 0;
        }
    }
    rp_text_put(text, part, n);
}

void rp_text_blanks(struct rp_text *text, size_t n)
{
    static const char blanks[] = "                                ";
    for (; n >= sizeof blanks - 1; n -= sizeof blanks - 1)
        rp_text_put(text, blanks, sizeof blanks - 1);
    rp_text_put(text, blanks, n);
}
