/** What the tests share: cmocka with what it needs, guard-page buffers, hex. */
#ifndef RP_TEST_SUPPORT_H
#define RP_TEST_SUPPORT_H

/* cmocka wants these before it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/** @return a copy of `len` octets that ends at an unmapped page; give back with rp_guarded_free. */
uint8_t *rp_guarded(const void *octets, size_t len);
void rp_guarded_free(uint8_t *octets, size_t len);

/** Hex digits (blanks allowed) to octets. @return number of octets; fails the test on a bad digit or too small a buffer */
size_t rp_unhex(const char *hex, uint8_t *out, size_t size);

/** Reads a whole file; NULL when it can't be read. free() it. The text ends with a NUL that is not counted. */
char *rp_slurp(const char *path, size_t *len);

#endif
