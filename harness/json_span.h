/** JSON text (RFC 8259) checked and taken apart in place, without building a tree: for files of many lines, where most of a
 *  line is handed on as text. */
#ifndef RP_JSON_SPAN_H
#define RP_JSON_SPAN_H

#include <stdbool.h>
#include <stddef.h>

enum { RP_JSON_SPAN_DEPTH = 512 };

/** A stretch of the text that was read. text NULL: not there. */
struct rp_span {
    const char *text;
    size_t len;
};

/** Whether the text is one JSON value and nothing else but blanks. @param at  where it stops being one; may be NULL */
bool rp_json_valid(const char *text, size_t len, size_t *at);

/** Finds members of an object by name.
 *  @param names   the n names wanted; a member of another name is checked and passed over
 *  @param values  n spans, each the text of the value as it stands; of a name that comes twice the last
 *  @param at      offset of the first wrong character, when the result is false
 *  @return false when the text is not one JSON object, or nested deeper than RP_JSON_SPAN_DEPTH */
bool rp_json_members(const char *text, size_t len, const char *const *names, struct rp_span *values, size_t n, size_t *at);

/** Text of a string value, escapes resolved, ended by NUL; a \u above 7F becomes '?': names are ASCII.
 *  @return false when the span is no string or `size` is too small */
bool rp_span_string(struct rp_span span, char *out, size_t size);

#endif
