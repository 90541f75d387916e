/** Recursive-descent parser over tokens (X.680 to X.683, editions 02/2021). */
#ifndef RP_ASN1_PARSER_H
#define RP_ASN1_PARSER_H

#include "codecs/asn1/compile.h"

/** A place in a run of tokens. After the first error `failed` stays set and every look ahead sees the end, so that loops stop. */
struct rp_parser {
    struct rp_asn1 *c;
    const struct rp_token *at, *end;
    struct rp_token stop; /* what is seen at the end */
    unsigned depth;
    bool failed;
};

/** A parser over the tokens of [first, end); `end` itself exists and is what an error at the end is near. */
struct rp_parser rp_parser_over(struct rp_asn1 *c, const struct rp_token *first, const struct rp_token *end);

/** The token at hand, and the n-th behind it. */
const struct rp_token *rp_peek(const struct rp_parser *p);
const struct rp_token *rp_peek_at(const struct rp_parser *p, size_t n);

const struct rp_token *rp_next(struct rp_parser *p);
bool rp_is(const struct rp_parser *p, int kind);
bool rp_is_word(const struct rp_parser *p, enum rp_keyword keyword);
bool rp_accept(struct rp_parser *p, int kind);
bool rp_accept_word(struct rp_parser *p, enum rp_keyword keyword);

/** Takes a token of this kind, or reports `expected`. @return the token, or NULL */
const struct rp_token *rp_expect(struct rp_parser *p, int kind, const char *expected);
bool rp_expect_word(struct rp_parser *p, enum rp_keyword keyword);

/** Reports a syntax error at the token at hand, once. @return NULL */
void *rp_syntax_error(struct rp_parser *p, const char *expected);

/** Scratch memory; NULL also fails the parser. */
void *rp_parse_make(struct rp_parser *p, size_t size);

/** Guards recursion. @return false with an error when too deep; else pair with rp_parse_up */
bool rp_parse_down(struct rp_parser *p);
void rp_parse_up(struct rp_parser *p);

/** Takes a balanced { ... }. @return what is between, first NULL on error */
struct rp_ast_braces rp_parse_braces(struct rp_parser *p);

struct rp_ast_type *rp_parse_type(struct rp_parser *p);
struct rp_ast_value *rp_parse_value(struct rp_parser *p);

/** Takes [Module.]Name[{args}], the name being of either case. @return false on error */
bool rp_parse_ref(struct rp_parser *p, struct rp_ast_ref *ref);

/** Takes the components of a SEQUENCE, SET or CHOICE, or the items of an ENUMERATED, `{` and `}` included. */
bool rp_parse_components(struct rp_parser *p, struct rp_ast_type *type);
bool rp_parse_items(struct rp_parser *p, struct rp_ast_type *type);

/** Takes `! ...` if it is there. */
void rp_parse_exception(struct rp_parser *p);

/** Takes one parenthesised constraint; or what stands between its parentheses or the braces of a value set. */
struct rp_ast_constraint *rp_parse_constraint(struct rp_parser *p);
struct rp_ast_constraint *rp_parse_element_sets(struct rp_parser *p);

/** Takes a class definition behind the word CLASS. */
struct rp_ast_class *rp_parse_class(struct rp_parser *p);

/** Takes the elements of an object set, between its braces. */
struct rp_ast_object_set *rp_parse_object_set(struct rp_parser *p);

/** Takes all modules of a source; errors are reported and passed over. */
void rp_parse_modules(struct rp_parser *p);

/** Takes one assignment and enters its symbol. */
void rp_parse_assignment(struct rp_parser *p, struct rp_asn1_module *module);

#endif
