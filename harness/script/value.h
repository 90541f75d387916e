/** Decoded values as Lua values. */
#ifndef RP_SCRIPT_VALUE_H
#define RP_SCRIPT_VALUE_H

#include <lua.h>

#include "codecs/tree.h"

/** Pushes a value: BOOLEAN a boolean, NULL true, INTEGER an integer (a float beyond 64 bits), REAL a float, ENUMERATED its name,
 *  OBJECT IDENTIFIER "1.3.6", OCTET STRING, BIT STRING and unknown octets a string of octets, other strings in UTF-8, SEQUENCE a
 *  table by component names, a list a table from 1, CHOICE { alternative = value }, a container of IEs a table by IE names, a
 *  list of single-IE containers a list of their values. May raise a memory error. */
void rp_script_push_value(lua_State *L, const struct rp_tree *tree, uint32_t node);

/** Pushes a string that two values of a type share when, and only when, they are equal, wherever they stand in a message. */
void rp_script_push_key(lua_State *L, const struct rp_tree *tree, uint32_t node);

#endif
