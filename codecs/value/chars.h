/** Character string values as Unicode text. */
#ifndef RP_CHARS_H
#define RP_CHARS_H

#include "codecs/tree.h"
#include "codecs/value/text.h"

/** Whether the octets of a character string or time value are text of its type: UTF8String well-formed UTF-8, code points below
 *  110000 and no surrogates. An octet of an 8-bit string is always a character (ISO 8859-1). */
bool rp_chars_are_text(const struct rp_node *node);

/** Appends the value in UTF-8; quotes, backslashes and control characters escaped as in JSON. Only of text. */
void rp_chars_put(struct rp_text *out, const struct rp_node *node);

/** Appends UTF-8 text with the same escapes. */
void rp_chars_escape(struct rp_text *out, const char *text, size_t len);

/** One code point of UTF-8 text; *at moves behind it. @return UINT32_MAX when it is malformed */
uint32_t rp_utf8_next(const char **at, const char *end);

/** Octets of a character string type for UTF-8 text. `out` has room for 4 octets a character of `text`.
 *  @return octets written; SIZE_MAX when a character can't be in such a string, which *at then points to */
size_t rp_chars_from(const struct rp_type *type, const char *text, size_t len, uint8_t *out, const char **at);

#endif
