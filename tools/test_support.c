#include "tools/test_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static size_t span_of(size_t len)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    return (len + page - 1) / page * page;
}

uint8_t *rp_guarded(const void *octets, size_t len)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), span = span_of(len);
    uint8_t *base = mmap(NULL, span + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(base, MAP_FAILED);
    assert_int_equal(mprotect(base + span, page, PROT_NONE), 0);
    if (len)
        memcpy(base + span - len, octets, len);
    return base + span - len;
}

void rp_guarded_free(uint8_t *octets, size_t len)
{
    size_t span = span_of(len);
    munmap(octets + len - span, span + (size_t)sysconf(_SC_PAGESIZE));
}

static int digit(char c)
{
    const char *digits = "0123456789abcdef", *at = strchr(digits, c | 0x20);
    return c && at ? (int)(at - digits) : -1;
}

size_t rp_unhex(const char *hex, uint8_t *out, size_t size)
{
    size_t n = 0;
    for (; *hex; hex++) {
        if (*hex == ' ')
            continue;
        int high = digit(hex[0]), low = high < 0 ? -1 : digit(hex[1]);
        assert_true(low >= 0 && n < size);
        out[n++] = (uint8_t)(high << 4 | low);
        hex++;
    }
    return n;
}

char *rp_slurp(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    size_t cap = 1 << 16, n = 0, got;
    char *text = malloc(cap + 1);
    while (text && (got = fread(text + n, 1, cap - n, file)) > 0) {
        n += got;
        if (n == cap)
            text = realloc(text, (cap *= 2) + 1);
    }
    fclose(file);
    if (text)
        text[n] = '\0';
    *len = n;
    return text;
}
