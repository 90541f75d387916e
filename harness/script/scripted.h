/** Rules tried without a capture: messages written as JSON lines, encoded and taken through a real session. */
#ifndef RP_SCRIPTED_H
#define RP_SCRIPTED_H

#include "harness/script/rules.h"

/** Plays lines to the rules, then ends the capture. Each line is a JSON object; its number is the frame.
 *
 *  | key | meaning | if absent |
 *  |---|---|---|
 *  | `t` | seconds since the first frame | that of the line before |
 *  | `link` | which association, from 0 | 0 |
 *  | `from` | `e2node` or `ric`: the sender, endpoint 0 or 1 | `e2node` |
 *  | `ppid`, `stream` | of the SCTP message | 70, 0 |
 *  | `set` | edition that `message` is encoded in | `e2ap-03.01` |
 *  | `message` | an E2AP-PDU in JER; values outside of their constraints are encoded as far as there are bits for them | |
 *  | `hex` | the octets instead | |
 *  | `event` | instead of a message: a name of rp_capture_kind_name | |
 *
 *  A first event `midway` of a link: its handshake is not in the capture. An empty line counts as a frame.
 *  @return false with findings (line, text) when a line can't be read or encoded; the lines before it were played */
bool rp_scripted_play(const char *lines, size_t len, struct rp_registry *registry, struct rp_rules *rules,
                      struct rp_diags *diags);

#endif
