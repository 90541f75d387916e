/** ASN.1 text to tokens (X.680 (02/2021) clause 12). */
#ifndef RP_ASN1_LEXER_H
#define RP_ASN1_LEXER_H

#include "codecs/asn1/name.h"
#include "codecs/asn1/schema.h"

/** What a token is; a single character that stands for itself has its code as kind. */
enum rp_token_kind {
    RP_TOK_END = 0,
    RP_TOK_UPPER = 128, /* type, class, set or module reference; a word of a WITH SYNTAX */
    RP_TOK_LOWER,       /* identifier or value reference */
    RP_TOK_KEYWORD,     /* reserved word */
    RP_TOK_FIELD_UPPER, /* &Field: its name is without the ampersand */
    RP_TOK_FIELD_LOWER, /* &field */
    RP_TOK_NUMBER,
    RP_TOK_REAL,
    RP_TOK_CSTRING,
    RP_TOK_BSTRING,
    RP_TOK_HSTRING,
    RP_TOK_ASSIGN,   /* ::= */
    RP_TOK_RANGE,    /* .. */
    RP_TOK_ELLIPSIS, /* ... */
    RP_TOK_BAD       /* a character or string that ASN.1 does not know */
};

struct rp_token {
    struct rp_name *name; /* of words and fields, else NULL */
    const char *at;       /* in the text of its source */
    uint32_t len, line;
    uint8_t kind;    /* enum rp_token_kind or a character */
    uint8_t keyword; /* enum rp_keyword */
};

/** The tokens of one source; the last one is RP_TOK_END. */
struct rp_tokens {
    const struct rp_source *source;
    struct rp_token *first;
    size_t n;
};

/** Takes a text apart. Characters that fit nowhere become RP_TOK_BAD, for the parser to report.
 *  @param tokens  `source` is set; the rest is filled, owned by `scratch`
 *  @return 0 when an arena refuses */
int rp_lex(struct rp_tokens *tokens, struct rp_names *names, struct rp_arena *scratch);

/** @return the column of a place in a text, from 1, counted in characters of UTF-8. */
uint32_t rp_lex_column(const struct rp_source *source, const char *at);

#endif
