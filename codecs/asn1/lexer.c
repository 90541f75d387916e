#include "codecs/asn1/lexer.h"

#include <stdbool.h>
#include <string.h>

struct lexer {
    const char *at, *end;
    uint32_t line;
    struct rp_names *names;
    struct rp_arena *scratch;
    struct rp_token *tokens;
    size_t n, cap;
};

/* What a character can be part of. */
enum { UPPER = 1, LOWER = 2, DIGIT = 4, SPACE = 8, PUNCT = 16 };
static const uint8_t classes[256] = {
    ['\t'] = SPACE,        ['\n'] = SPACE,        ['\v'] = SPACE,        ['\f'] = SPACE, ['\r'] = SPACE, [' '] = SPACE,
    ['0' ... '9'] = DIGIT, ['A' ... 'Z'] = UPPER, ['a' ... 'z'] = LOWER, ['{'] = PUNCT,  ['}'] = PUNCT,  ['('] = PUNCT,
    [')'] = PUNCT,         ['['] = PUNCT,         [']'] = PUNCT,         [','] = PUNCT,  [';'] = PUNCT,  [':'] = PUNCT,
    ['.'] = PUNCT,         ['-'] = PUNCT,         ['<'] = PUNCT,         ['>'] = PUNCT,  ['|'] = PUNCT,  ['^'] = PUNCT,
    ['@'] = PUNCT,         ['!'] = PUNCT,         ['='] = PUNCT,         ['*'] = PUNCT,
};

static bool is(char c, int what)
{
    return (classes[(uint8_t)c] & what) != 0;
}

static char peek(const struct lexer *lexer, size_t ahead)
{
    return (size_t)(lexer->end - lexer->at) > ahead ? lexer->at[ahead] : '\0';
}

/* A line ends at LF, at CR alone, VT and FF (X.680 (02/2021) clause 12); CR LF counts once. */
static bool ends_line(const struct lexer *lexer)
{
    char c = *lexer->at;
    return c == '\n' || c == '\v' || c == '\f' || (c == '\r' && peek(lexer, 1) != '\n');
}

static void step(struct lexer *lexer)
{
    if (ends_line(lexer))
        lexer->line++;
    lexer->at++;
}

/* `--` up to the next `--` or the end of the line. A row of hyphens to the end of the line is a comment whatever its length. */
static void skip_line_comment(struct lexer *lexer)
{
    const char *at = lexer->at;
    while (at < lexer->end && *at == '-')
        at++;
    if (at == lexer->end || *at == '\n' || *at == '\r') {
        lexer->at = at;
        return;
    }
    lexer->at += 2;
    while (lexer->at < lexer->end && *lexer->at != '\n' && *lexer->at != '\r' && *lexer->at != '\v' && *lexer->at != '\f') {
        if (*lexer->at == '-' && peek(lexer, 1) == '-') {
            lexer->at += 2;
            return;
        }
        lexer->at++;
    }
}

/* Nested comments. @return false when the text ends inside */
static bool skip_block_comment(struct lexer *lexer)
{
    size_t depth = 0;
    while (lexer->at < lexer->end) {
        bool opens = *lexer->at == '/' && peek(lexer, 1) == '*';
        bool closes = *lexer->at == '*' && peek(lexer, 1) == '/';
        if (opens || closes)
            lexer->at++;
        step(lexer);
        depth += opens;
        depth -= closes;
        if (depth == 0)
            return true;
    }
    return false;
}

static bool no_break_space(const struct lexer *lexer)
{
    return *lexer->at == '\xC2' && peek(lexer, 1) == '\xA0';
}

/* Skips white space and comments. @return false at the start of a comment that never ends */
static bool skip_blank(struct lexer *lexer)
{
    while (lexer->at < lexer->end) {
        if (is(*lexer->at, SPACE)) {
            step(lexer);
        } else if (*lexer->at == '-' && peek(lexer, 1) == '-') {
            skip_line_comment(lexer);
        } else if (*lexer->at == '/' && peek(lexer, 1) == '*') {
            struct lexer before = *lexer;
            if (!skip_block_comment(lexer)) {
                *lexer = before;
                return false;
            }
        } else if (no_break_space(lexer)) {
            lexer->at += 2;
        } else {
            return true;
        }
    }
    return true;
}

/* Letters, digits and single hyphens not at the end. */
static size_t word_len(const char *at, const char *end)
{
    const char *start = at;
    while (at < end &&
           (is(*at, UPPER | LOWER | DIGIT) || (*at == '-' && at > start && at + 1 < end && is(at[1], UPPER | LOWER | DIGIT))))
        at++;
    return (size_t)(at - start);
}

/* U+2011 in a name is a hyphen (X.680 (02/2021) clause 12); texts taken from documents have it. */
static bool is_wide_hyphen(const char *at, const char *end)
{
    return end - at > 3 && memcmp(at, "\xE2\x80\x91", 3) == 0 && is(at[3], UPPER | LOWER | DIGIT);
}

/* A word with such hyphens, its name with plain ones. @return octets in the text; 0 without memory */
static size_t scan_wide_word(struct lexer *lexer, struct rp_token *token, const char *start)
{
    const char *at = start;
    size_t len = 0, cap = 0;
    do {
        cap += word_len(at, lexer->end) + 1;
        at += word_len(at, lexer->end);
    } while (is_wide_hyphen(at, lexer->end) && (at += 3));
    char *name = rp_arena_alloc(lexer->scratch, cap);
    for (const char *from = start; name && from < at; from++) {
        bool wide = *from == '\xE2';
        name[len++] = wide ? '-' : *from;
        from += wide ? 2 : 0;
    }
    token->name = name ? rp_names_intern(lexer->names, name, len) : NULL;
    return token->name ? (size_t)(at - start) : 0;
}

static bool scan_word(struct lexer *lexer, struct rp_token *token, size_t skip)
{
    const char *start = lexer->at + skip;
    size_t len = word_len(start, lexer->end);
    if (is_wide_hyphen(start + len, lexer->end))
        len = scan_wide_word(lexer, token, start);
    else
        token->name = rp_names_intern(lexer->names, start, len);
    if (!token->name)
        return false;
    token->len = (uint32_t)(len + skip);
    token->keyword = token->name->keyword;
    return true;
}

static size_t digits(const char *at, const char *end)
{
    const char *start = at;
    while (at < end && is(*at, DIGIT))
        at++;
    return (size_t)(at - start);
}

/* number, or realnumber: 1.5, 1., 2E-3. "1..5" is a number before a range. */
static void scan_number(const struct lexer *lexer, struct rp_token *token)
{
    const char *at = lexer->at, *end = lexer->end;
    at += digits(at, end);
    token->kind = RP_TOK_NUMBER;
    if (at < end && *at == '.' && !(at + 1 < end && at[1] == '.')) {
        at++;
        at += digits(at, end);
        token->kind = RP_TOK_REAL;
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        const char *exponent = at + 1;
        if (exponent < end && *exponent == '-')
            exponent++;
        size_t n = digits(exponent, end);
        if (n) {
            at = exponent + n;
            token->kind = RP_TOK_REAL;
        }
    }
    token->len = (uint32_t)(at - lexer->at);
}

/* "text" with "" for a quote; may span lines. */
static void scan_cstring(const struct lexer *lexer, struct rp_token *token)
{
    const char *at = lexer->at + 1;
    token->kind = RP_TOK_CSTRING;
    for (; at < lexer->end; at++) {
        if (*at != '"')
            continue;
        if (at + 1 == lexer->end || at[1] != '"') {
            token->len = (uint32_t)(at + 1 - lexer->at);
            return;
        }
        at++;
    }
    token->kind = RP_TOK_BAD;
    token->len = 1;
}

/* '0101'B or '0AF'H; white space inside is allowed. */
static void scan_bstring(const struct lexer *lexer, struct rp_token *token)
{
    const char *at = lexer->at + 1;
    bool binary = true, hex = true;
    for (; at < lexer->end && *at != '\''; at++) {
        bool digit = is(*at, DIGIT), space = is(*at, SPACE);
        binary = binary && (*at == '0' || *at == '1' || space);
        hex = hex && (digit || (*at >= 'A' && *at <= 'F') || space);
    }
    token->kind = RP_TOK_BAD;
    token->len = 1;
    if (at + 1 >= lexer->end)
        return;
    if ((at[1] == 'B' && binary) || (at[1] == 'H' && hex)) {
        token->kind = at[1] == 'B' ? RP_TOK_BSTRING : RP_TOK_HSTRING;
        token->len = (uint32_t)(at + 2 - lexer->at);
    }
}

static void scan_punctuation(const struct lexer *lexer, struct rp_token *token)
{
    char c = *lexer->at;
    token->kind = is(c, PUNCT) ? (uint8_t)c : (uint8_t)RP_TOK_BAD;
    token->len = 1;
    if (c == ':' && peek(lexer, 1) == ':' && peek(lexer, 2) == '=') {
        token->kind = RP_TOK_ASSIGN;
        token->len = 3;
    } else if (c == '.' && peek(lexer, 1) == '.') {
        bool three = peek(lexer, 2) == '.';
        token->kind = three ? RP_TOK_ELLIPSIS : RP_TOK_RANGE;
        token->len = three ? 3 : 2;
    }
    /* the octets of one character of UTF-8 make one bad token */
    while (token->kind == RP_TOK_BAD && (c & 0xC0) == 0xC0 && (peek(lexer, token->len) & 0xC0) == 0x80)
        token->len++;
}

static bool scan(struct lexer *lexer, struct rp_token *token)
{
    char c = *lexer->at;
    if (is(c, UPPER)) {
        bool fine = scan_word(lexer, token, 0);
        token->kind = token->keyword ? RP_TOK_KEYWORD : RP_TOK_UPPER;
        return fine;
    }
    if (is(c, LOWER)) {
        token->kind = RP_TOK_LOWER;
        return scan_word(lexer, token, 0);
    }
    if (c == '&' && is(peek(lexer, 1), UPPER | LOWER)) {
        token->kind = is(peek(lexer, 1), UPPER) ? RP_TOK_FIELD_UPPER : RP_TOK_FIELD_LOWER;
        bool fine = scan_word(lexer, token, 1);
        token->keyword = K_NONE;
        return fine;
    }
    if (is(c, DIGIT))
        scan_number(lexer, token);
    else if (c == '"')
        scan_cstring(lexer, token);
    else if (c == '\'')
        scan_bstring(lexer, token);
    else
        scan_punctuation(lexer, token);
    return true;
}

static struct rp_token *append(struct lexer *lexer)
{
    if (lexer->n == lexer->cap) {
        size_t cap = lexer->cap ? 2 * lexer->cap : 1024 + (size_t)(lexer->end - lexer->at) / 6;
        size_t old = lexer->cap * sizeof *lexer->tokens;
        struct rp_token *tokens = rp_arena_grow(lexer->scratch, lexer->tokens, old, cap * sizeof *tokens);
        if (!tokens)
            return NULL;
        lexer->tokens = tokens;
        lexer->cap = cap;
    }
    struct rp_token *token = &lexer->tokens[lexer->n++];
    *token = (struct rp_token){ .at = lexer->at, .line = lexer->line };
    return token;
}

/* Only strings span lines. */
static void pass(struct lexer *lexer, const struct rp_token *token)
{
    if (token->kind < RP_TOK_CSTRING || token->kind > RP_TOK_HSTRING) {
        lexer->at += token->len;
        return;
    }
    for (size_t i = 0; i < token->len; i++)
        step(lexer);
}

int rp_lex(struct rp_tokens *tokens, struct rp_names *names, struct rp_arena *scratch)
{
    const struct rp_source *source = tokens->source;
    struct lexer lexer = { .at = source->text, .end = source->text + source->len, .line = 1, .names = names, .scratch = scratch };
    if (source->len > UINT32_MAX / 2)
        lexer.end = lexer.at;
    if (source->len >= 3 && memcmp(lexer.at, "\xEF\xBB\xBF", 3) == 0)
        lexer.at += 3;
    for (;;) {
        bool blank = skip_blank(&lexer);
        struct rp_token *token = append(&lexer);
        if (!token)
            return 0;
        if (lexer.at == lexer.end)
            break;
        if (!blank) { /* the rest of the text is inside a comment */
            token->kind = RP_TOK_BAD;
            token->len = 2;
            while (lexer.at < lexer.end)
                step(&lexer);
            continue;
        }
        if (!scan(&lexer, token))
            return 0;
        pass(&lexer, token);
    }
    tokens->first = lexer.tokens;
    tokens->n = lexer.n;
    return 1;
}

uint32_t rp_lex_column(const struct rp_source *source, const char *at)
{
    uint32_t column = 1;
    while (at > source->text && at[-1] != '\n' && at[-1] != '\r' && at[-1] != '\v' && at[-1] != '\f') {
        at--;
        column += (*at & 0xC0) != 0x80;
    }
    return column;
}
