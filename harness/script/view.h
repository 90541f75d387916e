/** Values of a message as Lua objects: list items and payloads, and what m shares with them. */
#ifndef RP_VIEW_H
#define RP_VIEW_H

#include "harness/script/paths.h"

/** Makes the metatable of items and payloads. May raise a memory error. */
void rp_view_open(lua_State *L);

/** get, has, count, key, each: methods of m, items and payloads. Ends with a row of NULLs. */
extern const luaL_Reg rp_view_methods[];

/** Pushes the object of the payload whose octets are at a node of the message, decoding payloads when this is the first to ask.
 *  @return false, nothing pushed, when there is none */
bool rp_view_push_payload_at(lua_State *L, struct rp_rules *rules, uint32_t node);

/** m:payload_of(path) */
int rp_view_payload_of(lua_State *L);

/** Pushes the object of a payload, `place` being its number in the message. May raise a memory error. */
void rp_view_push_payload(lua_State *L, struct rp_rules *rules, const struct rp_e2_payload *payload, size_t place);

/** The view of the object at `index`: m, an item or a payload of the present message. Raises an error otherwise. */
const struct rp_view *rp_view_check(lua_State *L, int index);

/** @return the node that a path of the view leads to, or UINT32_MAX */
uint32_t rp_view_find(const struct rp_view *view, const struct rp_path *path);

/** Path of what a view shows: "RICindication", "E2setupRequest.RANfunctionsAdded[1]"; of a payload with the path of its octets in
 *  front. @return characters written, cut at size - 1 */
size_t rp_view_path(const struct rp_rules *rules, const struct rp_view *view, char *out, size_t size);

#endif
