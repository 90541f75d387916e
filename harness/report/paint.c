#include "harness/report/paint.h"

#include <stdarg.h>

/* SGR codes of ECMA-48 */
static const char *const codes[] = {
    [RP_PAINT_NONE] = "",          [RP_PAINT_HEAD] = "\x1b[1m", [RP_PAINT_GOOD] = "\x1b[32m",
    [RP_PAINT_BAD] = "\x1b[1;31m", [RP_PAINT_ODD] = "\x1b[33m", [RP_PAINT_FAINT] = "\x1b[2m",
};

void rp_paint(const struct rp_console *console, enum rp_paint paint, const char *format, ...)
{
    bool colour = console->colour && paint != RP_PAINT_NONE;
    if (colour)
        fputs(codes[paint], console->out);
    va_list args;
    va_start(args, format);
    vfprintf(console->out, format, args);
    va_end(args);
    if (colour)
        fputs("\x1b[0m", console->out);
}

void rp_paint_verdict(const struct rp_console *console, enum rp_verdict verdict)
{
    static const struct {
        const char *word;
        enum rp_paint paint;
    } looks[] = {
        [RP_SKIP] = { "skip", RP_PAINT_FAINT },  [RP_PASS] = { "pass", RP_PAINT_GOOD },
        [RP_WARN] = { "WARNING", RP_PAINT_ODD }, [RP_INCONCLUSIVE] = { "INCONCLUSIVE", RP_PAINT_ODD },
        [RP_FAIL] = { "FAIL", RP_PAINT_BAD },    [RP_ERROR] = { "ERROR", RP_PAINT_BAD },
    };
    rp_paint(console, looks[verdict].paint, "%-12s", looks[verdict].word);
}
