/** Colour on a terminal. */
#ifndef RP_REPORT_PAINT_H
#define RP_REPORT_PAINT_H

#include "harness/report/console.h"

enum rp_paint { RP_PAINT_NONE, RP_PAINT_HEAD, RP_PAINT_GOOD, RP_PAINT_BAD, RP_PAINT_ODD, RP_PAINT_FAINT };

/** printf in a colour. */
void rp_paint(const struct rp_console *console, enum rp_paint paint, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** "FAIL         ", in capitals when it is no good, padded to 12 characters. */
void rp_paint_verdict(const struct rp_console *console, enum rp_verdict verdict);

#endif
