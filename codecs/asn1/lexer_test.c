#include "codecs/asn1/lexer.h"

#include <stdio.h>
#include <string.h>

#include "tools/test_support.h"

static const char *kind_name(uint8_t kind)
{
    static const char *const names[] = {
        "UPPER",   "lower",   "KEYWORD", "&Field", "&field", "number", "real",
        "cstring", "bstring", "hstring", "::=",    "..",     "...",    "bad",
    };
    static char punctuation[2];
    if (kind >= RP_TOK_UPPER)
        return names[kind - RP_TOK_UPPER];
    punctuation[0] = (char)kind;
    return punctuation;
}

/* The kinds of all tokens; the text of those whose length is not plain from it. */
static void list(const struct rp_tokens *tokens, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i + 1 < tokens->n; i++) {
        const struct rp_token *token = &tokens->first[i];
        bool worded = token->kind >= RP_TOK_UPPER && token->kind <= RP_TOK_HSTRING;
        used += (size_t)snprintf(out + used, size - used, "%s%s", i ? " " : "", kind_name(token->kind));
        if (worded)
            used += (size_t)snprintf(out + used, size - used, ":%.*s", (int)token->len, token->at);
    }
}

static const struct {
    const char *what, *text, *want;
} rows[] = {
    { "nothing", "", "" },
    { "words", "Foo foo INTEGER Foo-Bar2 a-b", "UPPER:Foo lower:foo KEYWORD:INTEGER UPPER:Foo-Bar2 lower:a-b" },
    { "a keyword is a whole word", "INTEGERS SET-OF END", "UPPER:INTEGERS UPPER:SET-OF KEYWORD:END" },
    { "keywords with a hyphen", "PLUS-INFINITY RELATIVE-OID", "KEYWORD:PLUS-INFINITY KEYWORD:RELATIVE-OID" },
    { "a hyphen at the end is none of the word", "a- B", "lower:a - UPPER:B" },
    { "a comment ends a word", "ab--cd--ef", "lower:ab lower:ef" },
    { "a comment to the end of the line", "a -- b\nc", "lower:a lower:c" },
    { "a comment between words", "a -- b -- c", "lower:a lower:c" },
    { "a row of hyphens", "a -----\nb ---- c", "lower:a lower:b lower:c" },
    { "nested comments", "a /* b /* c */ d */ e", "lower:a lower:e" },
    { "hyphens inside a comment", "a /* -- */ b", "lower:a lower:b" },
    { "fields", "&id &Value & x", "&field:&id &Field:&Value bad lower:x" },
    { "numbers", "0 12 007", "number:0 number:12 number:007" },
    { "a range is no fraction", "1..5 1.5 1. 2E-3 3e4 5e",
      "number:1 .. number:5 real:1.5 real:1. real:2E-3 real:3e4 number:5 lower:e" },
    { "a negative number is two tokens", "-5", "- number:5" },
    { "dots", "... .. . ....", "... .. . ... ." },
    { "assignment", "a::=b :: :", "lower:a ::= lower:b : : :" },
    { "strings", "\"a\" \"b\"\"c\" \"\"", "cstring:\"a\" cstring:\"b\"\"c\" cstring:\"\"" },
    { "a string over two lines", "\"a\nb\"", "cstring:\"a\nb\"" },
    { "bits and octets", "'01'B '0AF'H ''B '1 0'B", "bstring:'01'B hstring:'0AF'H bstring:''B bstring:'1 0'B" },
    { "digits of neither", "'12'B 'ag'H", "bad number:12 bad UPPER:B bad lower:ag bad UPPER:H" },
    { "brackets stand alone", "[[ ]] {{}}", "[ [ ] ] { { } }" },
    { "other octets", "a $ \xE2\x82\xAC b", "lower:a bad bad lower:b" },
    { "a byte order mark and a space that does not break",
      "\xEF\xBB\xBF"
      "a\xC2\xA0"
      "b",
      "lower:a lower:b" },
    { "a comment that never ends", "a /* b", "lower:a bad" },
    { "a string that never ends", "a \"b", "lower:a bad lower:b" },
    { "set operators", "| ^ < > @ ! ; , ( ) = *", "| ^ < > @ ! ; , ( ) = *" },
};

static void texts_come_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct rp_arena arena = { 0 };
        struct rp_names names = { .arena = &arena, .scratch = &arena };
        size_t len = strlen(rows[i].text);
        char *text = (char *)rp_guarded(rows[i].text, len), got[500];
        struct rp_source source = { "t.asn1", text, len };
        struct rp_tokens tokens = { .source = &source };
        assert_true(rp_names_init(&names));
        assert_true(rp_lex(&tokens, &names, &arena));
        list(&tokens, got, sizeof got);
        if (strcmp(got, rows[i].want) != 0)
            fail_msg("%s:\n got  %s\n want %s", rows[i].what, got, rows[i].want);
        assert_int_equal(tokens.first[tokens.n - 1].kind, RP_TOK_END);
        rp_guarded_free((uint8_t *)text, len);
        rp_arena_free(&arena);
    }
}

static void a_hyphen_that_does_not_break_is_a_hyphen(void **state)
{
    (void)state;
    static const char text[] = "id\xE2\x80\x91"
                               "Foo\xE2\x80\x91"
                               "1 id-Foo-1 a\xE2\x80\x91";
    struct rp_arena arena = { 0 };
    struct rp_names names = { .arena = &arena, .scratch = &arena };
    struct rp_source source = { "t.asn1", text, sizeof text - 1 };
    struct rp_tokens tokens = { .source = &source };
    assert_true(rp_names_init(&names));
    assert_true(rp_lex(&tokens, &names, &arena));
    assert_int_equal(tokens.n, 5);
    assert_ptr_equal(tokens.first[0].name, tokens.first[1].name);
    assert_string_equal(tokens.first[0].name->text, "id-Foo-1");
    assert_int_equal(tokens.first[0].len, 12);
    assert_int_equal(tokens.first[3].kind, RP_TOK_BAD);
    rp_arena_free(&arena);
}

static void every_token_knows_its_place(void **state)
{
    (void)state;
    static const char text[] = "a\r\nbb c\n\n/* x\n*/ d \"e\nf\" g\rh\n\xC3\xA9 i";
    static const uint32_t want[][2] = {
        { 1, 1 }, { 2, 1 }, { 2, 4 }, { 5, 4 }, { 5, 6 }, { 6, 4 }, { 7, 1 }, { 8, 1 }, { 8, 3 }
    };
    struct rp_arena arena = { 0 };
    struct rp_names names = { .arena = &arena, .scratch = &arena };
    struct rp_source source = { "t.asn1", text, sizeof text - 1 };
    struct rp_tokens tokens = { .source = &source };
    assert_true(rp_names_init(&names));
    assert_true(rp_lex(&tokens, &names, &arena));
    assert_int_equal(tokens.n, sizeof want / sizeof want[0] + 1);
    for (size_t i = 0; i + 1 < tokens.n; i++) {
        assert_int_equal(tokens.first[i].line, want[i][0]);
        assert_int_equal(rp_lex_column(&source, tokens.first[i].at), want[i][1]);
    }
    rp_arena_free(&arena);
}

static void names_are_one_struct_for_each_spelling(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_names names = { .arena = &arena, .scratch = &arena };
    assert_true(rp_names_init(&names));
    const struct rp_name *first = rp_names_intern(&names, "RANfunctionID", 13);
    for (unsigned i = 0; i < 20000; i++) {
        char text[20];
        int len = snprintf(text, sizeof text, "name-%u", i);
        const struct rp_name *name = rp_names_intern(&names, text, (size_t)len);
        assert_string_equal(name->text, text);
        assert_ptr_equal(name, rp_names_intern(&names, text, (size_t)len));
    }
    assert_ptr_equal(first, rp_names_intern(&names, "RANfunctionIDx", 13));
    assert_int_equal(rp_names_intern(&names, "SEQUENCE", 8)->keyword, K_SEQUENCE);
    assert_int_equal(rp_names_intern(&names, "SEQUENC", 7)->keyword, K_NONE);
    assert_string_equal(rp_keyword_text(K_MINUS_INFINITY), "MINUS-INFINITY");
    rp_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_come_apart),
        cmocka_unit_test(a_hyphen_that_does_not_break_is_a_hyphen),
        cmocka_unit_test(every_token_knows_its_place),
        cmocka_unit_test(names_are_one_struct_for_each_spelling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
