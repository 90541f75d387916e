#include "codecs/asn1/describe_test.h"

/* X is a type whose one component has a DEFAULT; `want` shows it. */
static void describe_default(struct line *line, const struct rp_slot *slot)
{
    const struct rp_default *dflt = slot->dflt;
    say(line, "%s", dflt->plain ? "" : "composite ");
    switch (slot->type->kind) {
    case RP_BOOLEAN:
    case RP_INTEGER:
    case RP_ENUMERATED: say(line, "%lld", (long long)dflt->integer); break;
    case RP_REAL: say(line, "%g", dflt->real); break;
    case RP_NULL: break;
    default:
        say(line, "%u:", dflt->len);
        size_t octets = slot->type->kind == RP_BIT_STRING ? (dflt->len + 7) / 8 : dflt->len;
        octets *= slot->type->kind == RP_CHAR_STRING ? slot->type->char_octets : 1;
        for (size_t i = 0; i < octets; i++)
            say(line, "%02X", dflt->octets[i]);
    }
    say(line, " %s", dflt->text);
}

static const struct {
    const char *what, *text, *want;
} rows[] = {
    { "a number", "INTEGER DEFAULT -5", "-5 -5" },
    { "a reference", "INTEGER DEFAULT five", "5 five" },
    { "a reference to a reference", "INTEGER DEFAULT alias", "5 alias" },
    { "a reference into a module", "INTEGER DEFAULT T.five", "5 T.five" },
    { "a named number", "INTEGER {low(3)} DEFAULT low", "3 low" },
    { "a named number goes before a value", "INTEGER {five(6)} DEFAULT five", "6 five" },
    { "the greatest", "INTEGER DEFAULT 9223372036854775807", "9223372036854775807 9223372036854775807" },
    { "the least", "INTEGER DEFAULT -9223372036854775808", "-9223372036854775808 -9223372036854775808" },
    { "TRUE", "BOOLEAN DEFAULT TRUE", "1 TRUE" },
    { "an item is its index", "ENUMERATED {c(9), a(1), b(5)} DEFAULT b", "1 b" },
    { "an item of the additions", "ENUMERATED {a, ..., b} DEFAULT b", "1 b" },
    { "NULL", "NULL DEFAULT NULL", " NULL" },
    { "a REAL", "REAL DEFAULT -2.5E3", "-2500 -2.5E3" },
    { "a REAL without fraction", "REAL DEFAULT 3", "3 3" },
    { "a REAL in parts", "REAL DEFAULT {mantissa 314, base 10, exponent -2}", "3.14 {mantissa 314, base 10, exponent -2}" },
    { "infinity", "REAL DEFAULT MINUS-INFINITY", "-inf MINUS-INFINITY" },
    { "bits", "BIT STRING DEFAULT '10 1'B", "3:A0 '10 1'B" },
    { "bits from hex", "BIT STRING DEFAULT 'ABC'H", "12:ABC0 'ABC'H" },
    { "bits by name", "BIT STRING {a(0), b(9)} DEFAULT {b, a}", "10:8040 {b, a}" },
    { "no bits", "BIT STRING {a(0)} DEFAULT {}", "0: {}" },
    { "octets", "OCTET STRING DEFAULT 'CAFE'H", "2:CAFE 'CAFE'H" },
    { "an odd digit is filled up", "OCTET STRING DEFAULT 'CAF'H", "2:CAF0 'CAF'H" },
    { "text", "IA5String DEFAULT \"say \"\"hi\"\"\"", "8:7361792022686922 \"say \"\"hi\"\"\"" },
    { "text over two lines", "IA5String DEFAULT \"ab  \n  cd\"", "4:61626364 \"ab  \n  cd\"" },
    { "text of two octets a character", "BMPString DEFAULT \"a\xC3\xA9\"", "2:006100E9 \"a\xC3\xA9\"" },
    { "text of four octets a character", "UniversalString DEFAULT \"\xF0\x9F\x98\x80\"", "1:0001F600 \"\xF0\x9F\x98\x80\"" },
    { "UTF-8 as it is", "UTF8String DEFAULT \"\xC3\xA9\"", "2:C3A9 \"\xC3\xA9\"" },
    { "a tuple", "IA5String DEFAULT {0, 13}", "1:0D {0, 13}" },
    { "a list of characters", "IA5String DEFAULT {\"ab\", cr, {0, 10}}", "4:61620D0A {\"ab\", cr, {0, 10}}" },
    { "text by reference", "IA5String DEFAULT cr", "1:0D cr" },
    { "an object identifier", "OBJECT IDENTIFIER DEFAULT {iso org(3) 6 internet(1) 840}",
      "5:2B06018648 {iso org(3) 6 internet(1) 840}" },
    { "with another in front", "OBJECT IDENTIFIER DEFAULT {base 300 seven(7)}", "5:2B06822C07 {base 300 seven(7)}" },
    { "with a number by reference", "OBJECT IDENTIFIER DEFAULT {base five leaf(five)}", "4:2B060505 {base five leaf(five)}" },
    { "known names", "OBJECT IDENTIFIER DEFAULT {joint-iso-itu-t ds(5) 4}", "2:5504 {joint-iso-itu-t ds(5) 4}" },
    { "a long arc", "OBJECT IDENTIFIER DEFAULT {2 999 4294967295}", "7:88378FFFFFFF7F {2 999 4294967295}" },
    { "relative", "RELATIVE-OID DEFAULT {8571 3}", "3:C27B03 {8571 3}" },
    { "a time", "UTCTime DEFAULT \"9901010000Z\"", "11:393930313031303030305A \"9901010000Z\"" },
    { "a list is not looked into", "SEQUENCE OF INTEGER DEFAULT {1, 2}", "composite 0: {1, 2}" },
    { "a CHOICE is not, either", "CHOICE {a NULL} DEFAULT a : NULL", "composite 0: a : NULL" },
};

static void defaults_are_read(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct rp_arena arena = { 0 };
        struct rp_diags diags = { .arena = &arena };
        struct line line = { .len = 0 };
        char *text = rp_arena_printf(&arena,
                                     "five INTEGER ::= 5\nalias INTEGER ::= five\ncr IA5String ::= {0, 13}\n"
                                     "base OBJECT IDENTIFIER ::= {1 3 6}\nX ::= SEQUENCE {x %s}\n",
                                     rows[i].text);
        const struct rp_schema *schema = compile(text, &arena, &diags);
        list_findings(&line, &diags);
        if (schema)
            describe_default(&line, &rp_schema_type(schema, "X")->slots[0]);
        if (strcmp(line.text, rows[i].want) != 0) {
            print_error("%s:\n got  %s\n want %s\n", rows[i].what, line.text, rows[i].want);
            wrong++;
        }
        rp_arena_free(&arena);
    }
    assert_int_equal(wrong, 0);
}

static const struct {
    const char *what, *text, *want;
} faults[] = {
    { "a value of another type", "x INTEGER ::= TRUE",
      "t.asn1:2:15: error: 'TRUE' is no value of the type; expected a value of INTEGER" },
    { "a reference of another type", "x INTEGER ::= y\ny BOOLEAN ::= TRUE",
      "t.asn1:2:15: error: 'y' is no value of the type; expected a value of INTEGER" },
    { "an unknown item", "x E ::= tow\nE ::= ENUMERATED {one, two}",
      "t.asn1:2:9: error: unknown item 'tow'; did you mean 'two'?" },
    { "an unknown item without a like", "x E ::= three\nE ::= ENUMERATED {one, two}",
      "t.asn1:2:9: error: unknown item 'three' of E" },
    { "an unknown value", "x INTEGER ::= maxx\nmax INTEGER ::= 1",
      "t.asn1:2:15: error: unknown value 'maxx'; did you mean 'max'?" },
    { "a value of itself", "x INTEGER ::= y\ny INTEGER ::= x", "t.asn1:3:15: error: 'x' is defined through itself: x -> y -> x" },
    { "an arc without a number", "x OBJECT IDENTIFIER ::= {iso foo 3}",
      "t.asn1:2:30: error: unknown value 'foo'; module T neither defines nor imports it" },
    { "an object identifier of one arc", "x OBJECT IDENTIFIER ::= {1}",
      "t.asn1:2:25: error: '{' is no value of the type; expected a value of OBJECT IDENTIFIER" },
    { "text for octets", "x OCTET STRING ::= \"AB\"",
      "t.asn1:2:20: error: no value of this string type; expected a value of OCTET STRING" },
    { "a character too wide", "x IA5String ::= \"\xE2\x82\xAC\"",
      "t.asn1:2:17: error: no value of this string type; expected a value of IA5String" },
    { "an unknown bit", "x BIT STRING {a(0)} ::= {b}",
      "t.asn1:2:25: error: unknown name of a bit; expected a value of BIT STRING" },
    { "a type as a value", "x INTEGER ::= Foo", "t.asn1:2:15: error: syntax error near 'Foo'; expected a value" },
    { "a default of another type", "X ::= SEQUENCE {a BOOLEAN DEFAULT 1}",
      "t.asn1:2:35: error: '1' is no value of the type; expected a value of BOOLEAN" },
};

static void faulty_values_are_refused(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        wrong += expect_findings(faults[i].what, faults[i].text, faults[i].want);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_read),
        cmocka_unit_test(faulty_values_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
