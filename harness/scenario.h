/** Scenarios: captures described as JSON, to be made by our own encoder.
 *
 *  A scenario is an object:
 *  | key | |
 *  |---|---|
 *  | about | what it shows |
 *  | base | another scenario file beside this one, on which `edits` are made; then no other key of the below is there |
 *  | edits | a JSON Patch (RFC 6902: add, remove, replace, move, copy, test) of the base, its repeats spelt out. In a path an
 * element of |       | `messages` may be named by its label, an element of a protocolIEs list by `id=49` | | fails | ids of the
 * rules that it fails | | warns | ids of the rules that warn | | set | E2AP edition: "e2ap-03.01" | | start | seconds since 1970
 * of its first packet | | e2node, ric | "192.0.2.10:36421" | | messages | list, in the order of sending |
 *
 *  A message has: `label`; `at` seconds after the start; `from` "e2node" or "ric"; `pdu` (JER of E2AP-PDU) or `hex` (octets as
 * they are); optional `stream` (0), `ppid` (70). With `repeat` { times, every, count } it is sent so many times, `every` seconds
 * apart, as label-1, label-2 ...; `count` lists { path, by, modulo } of numbers or hex strings that go up by `by` (1), below
 * `modulo`. In a pdu an object { "$type": "SET:TYPE", "value": ... } stands for the hex of its encoding. */
#ifndef RP_SCENARIO_H
#define RP_SCENARIO_H

#include <jansson.h>
#include <stdbool.h>

#include "codecs/asn1/registry.h"

/** Reads a scenario: base, repeats and edits resolved. @return the object (json_decref it), or NULL with findings */
json_t *rp_scenario_load(const char *path, struct rp_diags *diags);

/** What a JSON Pointer names (messages by label, IEs by id=), borrowed, or NULL. */
json_t *rp_scenario_at(json_t *document, const char *pointer);

/** Puts a value in place of what a pointer names; takes `value` over. @return false when there is no such place */
bool rp_scenario_put(json_t *document, const char *pointer, json_t *value);

/** Applies a JSON Patch to a document in place. @return false with a finding that names the operation; the document is then half
 * done */
bool rp_scenario_patch(json_t *document, const json_t *edits, const char *file, struct rp_diags *diags);

/** Writes a scenario as a pcapng file. @return false with findings: a message that does not encode, a file that can't be written
 */
bool rp_scenario_write(const json_t *scenario, struct rp_registry *registry, const char *path, struct rp_diags *diags);

#endif
