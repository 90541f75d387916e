/** What is no code in Lua text. */
#ifndef RP_LUA_TEXT_H
#define RP_LUA_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/** Skips a comment, a quoted string or a long bracket that starts at `at`.
 *  @return where it ends; `at` when none starts there */
const char *rp_lua_skip(const char *at, const char *end);

/** Length of the name or number at `at`, 0 when there is none. */
size_t rp_lua_word(const char *at, const char *end);

/** Whether a word of `len` characters is this one. */
bool rp_lua_is(const char *at, size_t len, const char *word);

/** Skips blanks and line ends. */
const char *rp_lua_blanks(const char *at, const char *end);

#endif
