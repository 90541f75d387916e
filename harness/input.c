#include "harness/input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "harness/json_span.h"

void rp_input_free(struct rp_input *input)
{
    free(input->octets);
    *input = (struct rp_input){ 0 };
}

static int read_all(FILE *file, struct rp_input *input)
{
    size_t cap = 0;
    for (;;) {
        if (cap - input->len < 2) {
            cap = cap ? cap * 2 : 1 << 14;
            char *grown = realloc(input->octets, cap);
            if (!grown)
                return ENOMEM;
            input->octets = grown;
        }
        size_t got = fread(input->octets + input->len, 1, cap - input->len - 1, file);
        input->len += got;
        input->octets[input->len] = '\0';
        if (input->len > RP_INPUT_MAX_OCTETS)
            return EFBIG;
        if (!got)
            return ferror(file) ? EIO : 0;
    }
}

int rp_input_read(const char *path, struct rp_input *input)
{
    bool is_stdin = !path || !strcmp(path, "-");
    *input = (struct rp_input){ 0 };
    FILE *file = is_stdin ? stdin : fopen(path, "rb");
    if (!file)
        return errno;
    struct stat what;
    int error = !is_stdin && !fstat(fileno(file), &what) && S_ISDIR(what.st_mode) ? EISDIR : read_all(file, input);
    if (!is_stdin)
        fclose(file);
    if (error)
        rp_input_free(input);
    return error;
}

/* Values of hex digits plus 1, so that 0 says "no digit": vector files hold megabytes of them. */
static const uint8_t digits[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
    ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

static int digit(char c)
{
    return digits[(uint8_t)c] - 1;
}

static bool is_between(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ':' || c == ',';
}

bool rp_hex_read(const char *text, size_t len, uint8_t *out, size_t *n, size_t *at)
{
    *n = 0;
    for (size_t i = 0; i < len;) {
        for (; i + 1 < len && digit(text[i]) >= 0 && digit(text[i + 1]) >= 0; i += 2)
            out[(*n)++] = (uint8_t)(digit(text[i]) << 4 | digit(text[i + 1]));
        if (i >= len)
            break;
        *at = i;
        if (is_between(text[i])) {
            i++;
            continue;
        }
        if (text[i] == '0' && i + 1 < len && (text[i + 1] | 0x20) == 'x') {
            i += 2;
            *at = i;
            if (i >= len)
                return false;
        }
        int high = digit(text[i]), low = i + 1 < len ? digit(text[i + 1]) : -1;
        if (high >= 0 && low < 0 && i + 1 < len && !is_between(text[i + 1]))
            *at = i + 1;
        if (high < 0 || low < 0)
            return false;
        out[(*n)++] = (uint8_t)(high << 4 | low);
        i += 2;
    }
    return true;
}

static bool is_hex(const struct rp_input *input)
{
    for (size_t i = 0; i < input->len; i++) {
        char c = input->octets[i];
        bool x = (c | 0x20) == 'x' && i && input->octets[i - 1] == '0';
        if (digit(c) < 0 && !is_between(c) && !x)
            return false;
    }
    return true;
}

/* Text that opens like JSON is taken for JSON, so that its reader says where it goes wrong. */
static bool looks_like_json(const struct rp_input *input)
{
    size_t i = 0;
    while (i < input->len && is_between(input->octets[i]))
        i++;
    if (i == input->len || !memchr("{[\"", input->octets[i], 3))
        return rp_json_valid(input->octets, input->len, NULL);
    for (; i < input->len; i++)
        if ((unsigned char)input->octets[i] < ' ' && !is_between(input->octets[i]))
            return false;
    return true;
}

enum rp_form rp_input_form(const struct rp_input *input, enum rp_form prefer)
{
    bool hex = is_hex(input), json = looks_like_json(input);
    if (hex && json)
        return prefer;
    return hex ? RP_FORM_HEX : json ? RP_FORM_JSON : RP_FORM_BIN;
}

int rp_input_operand(const char *operand, struct rp_input *input)
{
    int error = rp_input_read(operand, input);
    if ((error != ENOENT && error != ENAMETOOLONG) || !operand)
        return error;
    size_t len = strlen(operand), n, at;
    char *text = malloc(len + 1);
    if (!text)
        return ENOMEM;
    memcpy(text, operand, len + 1);
    *input = (struct rp_input){ text, len };
    if (looks_like_json(input))
        return 0;
    uint8_t *octets = malloc(len / 2 + 1);
    bool hex = octets && rp_hex_read(text, len, octets, &n, &at);
    free(octets);
    if (!hex)
        rp_input_free(input);
    return hex ? 0 : ENOENT;
}
