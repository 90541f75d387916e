#include "harness/report/escape.h"

#include <time.h>

/** Takes one code point from UTF-8 text that ends with NUL. @return octets taken; 0 at the end; *code is -1 of an octet that is
 * not part of UTF-8 (RFC 3629: no overlong form, surrogate, nor anything above 10FFFF) */
static size_t take(const char *text, int32_t *code)
{
    const unsigned char *at = (const unsigned char *)text;
    *code = at[0];
    if (at[0] < 0x80)
        return at[0] != 0;
    size_t n = at[0] >= 0xf0 ? 4 : at[0] >= 0xe0 ? 3 : 2;
    static const int32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    int32_t value = at[0] & (0x7f >> n);
    *code = -1;
    if (at[0] < 0xc2 || at[0] > 0xf4)
        return 1;
    for (size_t i = 1; i < n; i++) {
        if ((at[i] & 0xc0) != 0x80)
            return 1;
        value = value << 6 | (at[i] & 0x3f);
    }
    if (value < least[n] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
        return 1;
    *code = value;
    return n;
}

static const char replacement[] = "\xef\xbf\xbd"; /* U+FFFD */

void rp_write_json_string(FILE *out, const char *text)
{
    int32_t code;
    putc('"', out);
    for (size_t n; text && (n = take(text, &code)) > 0; text += n) {
        if (code == '"' || code == '\\')
            fprintf(out, "\\%c", (char)code);
        else if (code == '\n')
            fputs("\\n", out);
        else if (code >= 0 && (code < 0x20 || code == 0x7f))
            fprintf(out, "\\u%04x", (unsigned)code);
        else if (code < 0)
            fputs(replacement, out);
        else
            fwrite(text, 1, n, out);
    }
    putc('"', out);
}

void rp_write_xml(FILE *out, const char *text)
{
    int32_t code;
    for (size_t n; text && (n = take(text, &code)) > 0; text += n) {
        /* XML 1.0 section 2.2: no control characters but tab and line ends, no FFFE and FFFF */
        if (code < 0 || (code < 0x20 && code != '\n' && code != '\t') || code == 0x7f || code == 0xfffe || code == 0xffff)
            fputs(replacement, out);
        else if (code == '&')
            fputs("&amp;", out);
        else if (code == '<')
            fputs("&lt;", out);
        else if (code == '>')
            fputs("&gt;", out);
        else if (code == '"')
            fputs("&quot;", out);
        else
            fwrite(text, 1, n, out);
    }
}

void rp_write_plain(FILE *out, const char *text)
{
    int32_t code;
    for (size_t n; text && (n = take(text, &code)) > 0; text += n) {
        if (code < 0 || (code < 0x20 && code != '\n') || (code >= 0x7f && code < 0xa0))
            putc('?', out);
        else
            fwrite(text, 1, n, out);
    }
}

const char *rp_time_text(int64_t ns, char out[RP_TIME_TEXT])
{
    int64_t seconds = ns / 1000000000, rest = ns % 1000000000;
    if (rest < 0) {
        seconds--;
        rest += 1000000000;
    }
    time_t time = (time_t)seconds;
    struct tm tm;
    if (!gmtime_r(&time, &tm)) {
        snprintf(out, RP_TIME_TEXT, "%lld ns", (long long)ns);
        return out;
    }
    size_t n = strftime(out, RP_TIME_TEXT, "%Y-%m-%dT%H:%M:%S", &tm);
    if (rest % 1000)
        snprintf(out + n, RP_TIME_TEXT - n, ".%09lldZ", (long long)rest);
    else
        snprintf(out + n, RP_TIME_TEXT - n, ".%06lldZ", (long long)(rest / 1000));
    return out;
}
