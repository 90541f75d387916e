/** Text for the formats of reports. Whatever the octets are, what is written is valid UTF-8 of its format. */
#ifndef RP_REPORT_ESCAPE_H
#define RP_REPORT_ESCAPE_H

#include <stdint.h>
#include <stdio.h>

/** Writes a JSON string with its quotes; octets that are not UTF-8 become U+FFFD. NULL is written as "". */
void rp_write_json_string(FILE *out, const char *text);

/** Writes text for an XML 1.0 attribute or element; what XML can't hold becomes U+FFFD. */
void rp_write_xml(FILE *out, const char *text);

/** Writes text for a terminal: control characters (escape sequences of a hostile capture) become '?'. */
void rp_write_plain(FILE *out, const char *text);

enum { RP_TIME_TEXT = 40 };

/** "2023-11-29T14:36:31.719642Z" (nine digits when they are needed) of nanoseconds since 1970, UTC.
 *  @return out */
const char *rp_time_text(int64_t ns, char out[RP_TIME_TEXT]);

#endif
