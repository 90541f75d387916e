/** Lua tables with a fixed list of keys: m.link, m.subscription, m.diag ... Reading another key is an error with "did you mean".
 */
#ifndef RP_RECORD_H
#define RP_RECORD_H

#include <lua.h>

#include <stdbool.h>
#include <stdint.h>

enum rp_record { RP_RECORD_LINK, RP_RECORD_FUNCTION, RP_RECORD_SUBSCRIPTION, RP_RECORD_ACTION, RP_RECORD_DIAG, RP_RECORDS };

/** Makes the metatables. May raise a memory error, as all below. */
void rp_record_open(lua_State *L);

/** Set a field of the table at the top of the stack. A NULL text is nil. */
void rp_record_text(lua_State *L, const char *key, const char *text);
void rp_record_integer(lua_State *L, const char *key, int64_t value);
void rp_record_number(lua_State *L, const char *key, double value);
void rp_record_boolean(lua_State *L, const char *key, bool value);

/** Gives the table at the top of the stack its kind; no other keys can be added to it. */
void rp_record_seal(lua_State *L, enum rp_record kind);

#endif
