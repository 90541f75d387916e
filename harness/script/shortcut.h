/** m:get("IE") and its kin written as fields of m, which the rules before have often filled: one look instead of a call. */
#ifndef RP_SHORTCUT_H
#define RP_SHORTCUT_H

#include "codecs/value/text.h"

/** First character of such a field's name, by what it stands for; the path follows. */
enum rp_shortcut { RP_SHORTCUT_NONE, RP_SHORTCUT_GET, RP_SHORTCUT_HAS, RP_SHORTCUT_KEY, RP_SHORTCUT_PAYLOAD };

/** What the name of a field stands for. */
enum rp_shortcut rp_shortcut_of(const char *name);

/** Writes Lua text with m:get("path"), m:has, m:key and m:payload_of of a plain string as m["\1path"] ..., on the same lines.
 *  A call whose value is not used becomes wrong Lua: then the text is to be taken as it is. */
void rp_shortcut_rewrite(struct rp_text *out, const char *text, size_t len);

#endif
