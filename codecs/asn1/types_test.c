#include "codecs/asn1/describe_test.h"

/* X is the type that is compared. */
static const struct {
    const char *what, *text, *want;
} rows[] = {
    { "builtin types",
      "X ::= SEQUENCE {a BOOLEAN, b NULL, c REAL, d OBJECT IDENTIFIER, e RELATIVE-OID, f UTCTime, g GeneralizedTime, "
      "h ObjectDescriptor, i T61String, j UniversalString}",
      "SEQUENCE {a BOOLEAN, b NULL, c REAL, d OBJECT IDENTIFIER, e RELATIVE-OID, f UTCTime, g GeneralizedTime, "
      "h ObjectDescriptor, i T61String, j UniversalString}" },
    { "nothing inside", "X ::= SEQUENCE {}", "SEQUENCE {}" },
    { "an extension marker alone", "X ::= SEQUENCE {...}", "SEQUENCE {...}" },
    { "additions", "X ::= SEQUENCE {a NULL, ..., b NULL, c NULL OPTIONAL}", "SEQUENCE {a NULL, ..., b NULL, c? NULL}" },
    { "a marker and nothing behind", "X ::= SEQUENCE {a NULL, ...}", "SEQUENCE {a NULL, ...}" },
    { "two markers and nothing between", "X ::= SEQUENCE {a NULL, ..., ...}", "SEQUENCE {a NULL, ...}" },
    { "the second root part comes first", "X ::= SEQUENCE {a NULL, ..., b NULL, ..., c NULL OPTIONAL}",
      "SEQUENCE {a NULL, c? NULL, ..., b NULL}" },
    { "an additions group is one slot", "X ::= SEQUENCE {a NULL, ..., [[ b NULL, c NULL OPTIONAL ]], d NULL, [[2: e NULL]]}",
      "SEQUENCE {a NULL, ..., [[b NULL, c? NULL]], d NULL, [[e NULL]]}" },
    { "a group in a CHOICE is text", "X ::= CHOICE {a NULL, ..., [[ b NULL, c NULL ]], d NULL}",
      "CHOICE {a NULL, ..., b NULL, c NULL, d NULL}" },
    { "an exception at the marker", "X ::= SEQUENCE {a NULL, ... ! 5, b NULL}", "SEQUENCE {a NULL, ..., b NULL}" },
    { "EXTENSIBILITY IMPLIED",
      "T DEFINITIONS AUTOMATIC TAGS EXTENSIBILITY IMPLIED ::= BEGIN X ::= CHOICE {a Y} Y ::= ENUMERATED {b} END",
      "CHOICE {a Y, ...}" },
    { "a reference is the type itself", "X ::= SEQUENCE {a Y, b T.Y}\nY ::= INTEGER (0..7)", "SEQUENCE {a Y, b Y}" },
    { "an alias has the name that it was given", "X ::= SEQUENCE OF Z\nZ ::= Y\nY ::= INTEGER", "SEQUENCE OF Z" },
    { "a recursive type", "X ::= SEQUENCE {a X OPTIONAL, b SEQUENCE OF X}", "SEQUENCE {a? X, b SEQUENCE OF X}" },
    { "a named element", "X ::= SEQUENCE OF item BOOLEAN", "SEQUENCE OF BOOLEAN" },
    { "COMPONENTS OF", "X ::= SEQUENCE {a NULL, COMPONENTS OF Y, d NULL}\nY ::= SEQUENCE {b NULL, ..., x NULL, ..., c NULL}",
      "SEQUENCE {a NULL, b NULL, c NULL, d NULL}" },
    { "COMPONENTS OF among the additions", "X ::= SEQUENCE {a NULL, ..., COMPONENTS OF Y}\nY ::= SEQUENCE {b NULL, c NULL}",
      "SEQUENCE {a NULL, ..., b NULL, c NULL}" },
    { "COMPONENTS OF by way of an alias",
      "X ::= SEQUENCE {COMPONENTS OF Z}\nZ ::= Y\nY ::= SEQUENCE {COMPONENTS OF W}\n"
      "W ::= SEQUENCE {b NULL}",
      "SEQUENCE {b NULL}" },
    { "a selection type", "X ::= b < Y\nY ::= CHOICE {a NULL, b INTEGER (0..7)}", "INTEGER(0..7)" },
    { "automatic numbers", "X ::= ENUMERATED {a, b, c}", "ENUMERATED{a(0), b(1), c(2)}" },
    { "free numbers fill the gaps", "X ::= ENUMERATED {a, b(0), c, d(1), e(7), f}",
      "ENUMERATED{b(0), d(1), a(2), c(3), f(4), e(7)}" },
    { "root items by rising number", "X ::= ENUMERATED {z(9), y(-1), x(3)}", "ENUMERATED{y(-1), x(3), z(9)}" },
    { "additions in textual order", "X ::= ENUMERATED {a, b, ..., c, d}", "ENUMERATED{a(0), b(1), ..., c(2), d(3)}" },
    { "additions go on above each other", "X ::= ENUMERATED {a, z(4), ..., c(3), d, e}",
      "ENUMERATED{a(0), z(4), ..., c(3), d(5), e(6)}" },
    { "an extensible ENUMERATED", "X ::= ENUMERATED {a, ...}", "ENUMERATED{a(0), ...}" },
    { "numbers by reference", "X ::= ENUMERATED {a(two), b}\ntwo INTEGER ::= 2", "ENUMERATED{b(0), a(2)}" },
    { "named numbers", "X ::= INTEGER {one(1), two(2)}", "INTEGER{one(1), two(2)}" },
    { "named bits", "X ::= BIT STRING {first(0), last(7)} (SIZE (8, ...))", "BIT STRING{first(0), last(7)}(8..8)..." },
    { "contents", "X ::= SEQUENCE {a OCTET STRING (CONTAINING X), b BIT STRING (CONTAINING SEQUENCE {})}",
      "SEQUENCE {a OCTET STRING CONTAINING X, b BIT STRING CONTAINING SEQUENCE {}}" },
    { "a module of its own spacing", "X::=SEQUENCE{a-1 NULL OPTIONAL,b[5]NULL,c INTEGER(0..1)DEFAULT 0}",
      "SEQUENCE {a-1? NULL, b NULL, c INTEGER(0..1) DEFAULT 0}" },
    { "a value reference before a type",
      "x INTEGER ::= y y INTEGER ::= z\nX ::= NULL z INTEGER ::=\n  five\nE ::= NULL five INTEGER ::= 5", "NULL" },
    { "comments", "X -- one -- ::= /* two /* three */ */ SEQUENCE { -- four\n a NULL, -- five -- b NULL ----------\n }",
      "SEQUENCE {a NULL, b NULL}" },
};

static void types_become_tables(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        wrong += expect_type(rows[i].what, rows[i].text, "X", rows[i].want);
    assert_int_equal(wrong, 0);
}

/* X.691 (02/2021) 21.1 and 23.2: SET components and CHOICE alternatives by tag. */
static const struct {
    const char *what, *tags, *text, *want;
} orders[] = {
    { "automatic tags keep the textual order", "AUTOMATIC TAGS", "X ::= CHOICE {b OCTET STRING, a BOOLEAN}",
      "CHOICE {b OCTET STRING, a BOOLEAN}" },
    { "a SET with automatic tags", "AUTOMATIC TAGS", "X ::= SET {b OCTET STRING, a BOOLEAN}", "SET {b OCTET STRING, a BOOLEAN}" },
    { "one tag of its own ends automatic tags", "AUTOMATIC TAGS", "X ::= CHOICE {c [7] NULL, b OCTET STRING, a BOOLEAN}",
      "CHOICE {a BOOLEAN, b OCTET STRING, c NULL}" },
    { "universal tags", "", "X ::= CHOICE {s SEQUENCE {}, o OCTET STRING, i INTEGER, b BOOLEAN}",
      "CHOICE {b BOOLEAN, i INTEGER, o OCTET STRING, s SEQUENCE {}}" },
    { "universal, application, context-specific, private", "IMPLICIT TAGS",
      "X ::= SET {d [PRIVATE 0] NULL, c [0] NULL, b [APPLICATION 9] NULL, a [UNIVERSAL 31] NULL}",
      "SET {a NULL, b NULL, c NULL, d NULL}" },
    { "the tag of a reference", "EXPLICIT TAGS",
      "X ::= CHOICE {c C, b B, a [0] C}\nB ::= [APPLICATION 1] NULL\nC ::= [PRIVATE 1] B", "CHOICE {b B, a C, c C}" },
    { "an untagged CHOICE counts by its least tag", "",
      "X ::= CHOICE {n NULL, c CHOICE {o OBJECT IDENTIFIER, b BOOLEAN, ..., z REAL}, i INTEGER}",
      "CHOICE {c CHOICE {b BOOLEAN, o OBJECT IDENTIFIER, ..., z REAL}, i INTEGER, n NULL}" },
    { "a tagged CHOICE counts by its tag", "", "X ::= CHOICE {c [3] CHOICE {b BOOLEAN}, n NULL}",
      "CHOICE {n NULL, c CHOICE {b BOOLEAN}}" },
    { "additions stay in textual order", "", "X ::= CHOICE {b [4] NULL, a [3] NULL, ..., d [2] NULL, c [1] NULL}",
      "CHOICE {a NULL, b NULL, ..., d NULL, c NULL}" },
    { "a SEQUENCE is never sorted", "", "X ::= SEQUENCE {b [4] NULL, a [3] NULL}", "SEQUENCE {b NULL, a NULL}" },
    { "tag numbers by reference", "", "X ::= CHOICE {b [two] NULL, a [1] NULL}\ntwo INTEGER ::= 2", "CHOICE {a NULL, b NULL}" },
    { "every string has its tag", "", "X ::= CHOICE {a BMPString, b UTF8String, c IA5String, d PrintableString, e NumericString}",
      "CHOICE {b UTF8String, e NumericString FROM(320-9), d PrintableString, c IA5String, a BMPString}" },
};

static void tags_decide_the_order(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        char text[1000];
        snprintf(text, sizeof text, "T DEFINITIONS %s ::= BEGIN\n%s\nEND\n", orders[i].tags, orders[i].text);
        wrong += expect_type(orders[i].what, text, "X", orders[i].want);
    }
    assert_int_equal(wrong, 0);
}

static const struct {
    const char *what, *text, *want;
} faults[] = {
    { "an unknown type", "X ::= SEQUENCE {a Fooo, b Foo}\nFoo ::= NULL",
      "t.asn1:2:19: error: unknown type 'Fooo'; did you mean 'Foo'?" },
    { "an unknown type without a like", "X ::= Quux",
      "t.asn1:2:7: error: unknown type 'Quux'; module T neither defines nor imports it" },
    { "a misspelt keyword", "X ::= SEQENCE {a NULL}", "t.asn1:2:7: error: syntax error near 'SEQENCE'; expected SEQUENCE" },
    { "a misspelt keyword without braces", "X ::= INTGER", "t.asn1:2:7: error: unknown type 'INTGER'; did you mean 'INTEGER'?" },
    { "a missing comma", "X ::= SEQUENCE {a NULL b NULL}", "t.asn1:2:24: error: syntax error near 'b'; expected ',' or '}'" },
    { "two errors, two findings", "X ::= SEQUENCE {a NULL b NULL}\nY ::= NULL\nZ ::= SEQUENCE {a BOOLAN}",
      "t.asn1:2:24: error: syntax error near 'b'; expected ',' or '}'\n"
      "t.asn1:4:19: error: unknown type 'BOOLAN'; did you mean 'BOOLEAN'?" },
    { "a definition that breaks off", "X ::= SEQUENCE {a NULL,\nY ::= NULL\nZ ::= W",
      "t.asn1:3:1: error: syntax error near 'Y'; expected a component\n"
      "t.asn1:4:7: error: unknown type 'W'; module T neither defines nor imports it" },
    { "defined twice", "X ::= NULL\nY ::= NULL\nX ::= INTEGER", "t.asn1:4:1: error: 'X' is defined twice; first at t.asn1:2:1" },
    { "a component twice", "X ::= SEQUENCE {a NULL,\n b NULL, a NULL}",
      "t.asn1:3:10: error: 'a' is twice in this SEQUENCE; first at t.asn1:2:17" },
    { "an item twice", "X ::= ENUMERATED {a, b, a}",
      "t.asn1:2:25: error: 'a' is twice in this ENUMERATED; first at t.asn1:2:19" },
    { "a number twice", "X ::= ENUMERATED {a(1), b(1)}", "t.asn1:2:7: error: two items of this ENUMERATED have the number 1" },
    { "an addition below the one before", "X ::= ENUMERATED {a, ..., b(5), c(4)}",
      "t.asn1:2:33: error: the number of 'c' must be free and above those of the additions before it" },
    { "no item in the root", "X ::= ENUMERATED {..., b}", "t.asn1:2:7: error: an ENUMERATED needs an item before '...'" },
    { "an alias of itself", "X ::= Y\nY ::= Z\nZ ::= X", "t.asn1:2:1: error: 'X' is defined through itself: X -> Y -> Z -> X" },
    { "components of itself", "X ::= SEQUENCE {COMPONENTS OF Y}\nY ::= SEQUENCE {COMPONENTS OF X}",
      "t.asn1:2:1: error: 'X' is defined through itself: X -> Y -> X" },
    { "a CHOICE of nothing", "X ::= CHOICE {}", "t.asn1:2:7: error: a CHOICE needs an alternative" },
    { "a third marker", "X ::= SEQUENCE {..., ..., ...}",
      "t.asn1:2:27: error: syntax error near '...'; expected no third '...'" },
    { "a group in the root", "X ::= SEQUENCE {[[ a NULL ]]}",
      "t.asn1:2:17: error: syntax error near '['; expected '...' before '[['" },
    { "a type left out", "X ::=\nY ::= NULL\nZ ::= Y", "t.asn1:3:1: error: syntax error near 'Y'; expected a type" },
    { "a value left out", "x INTEGER ::=\ny INTEGER ::= 5\nZ ::= INTEGER (0..y)",
      "t.asn1:3:1: error: syntax error near 'y'; expected a value" },
    { "no type", "X ::= ", "t.asn1:3:1: error: syntax error near 'END'; expected a type" },
    { "a lower-case type", "x ::= INTEGER", "t.asn1:2:3: error: syntax error near '::='; expected the type of the value" },
    { "ANY", "X ::= SEQUENCE {a ANY}\nY ::= EXTERNAL",
      "t.asn1:2:19: error: ANY is not supported\nt.asn1:3:7: error: EXTERNAL is not supported" },
    { "a macro", "X MACRO ::= BEGIN Y ::= empty END\nZ ::= Foo",
      "t.asn1:2:3: error: macros are not supported (ASN.1 has none since 1994)\n"
      "t.asn1:3:7: error: unknown type 'Foo'; module T neither defines nor imports it" },
    { "no such alternative", "X ::= c < Y\nY ::= CHOICE {a NULL, b NULL}", "t.asn1:2:7: error: no alternative 'c' to select" },
    { "the same tag twice", "T DEFINITIONS ::= BEGIN\nX ::= CHOICE {a INTEGER, b [1] NULL, c INTEGER (0..7)}\nEND",
      "t.asn1:2:1: error: 'a' and 'c' of this CHOICE have the same tag" },
    { "a value as a type", "x INTEGER ::= 1\nX ::= SEQUENCE {a T.x}", "t.asn1:3:21: error: 'x' is a value, not a type" },
    { "parameters for a type that takes none", "X ::= Y {5}\nY ::= NULL", "t.asn1:2:7: error: 'Y' has no parameters" },
    { "an octet that is no text", "X ::= \001NULL",
      "t.asn1:2:7: error: syntax error near the octet 0x01, which ASN.1 does not have; expected a type" },
    { "a comment without an end", "X ::= NULL /* and so on",
      "t.asn1:2:12: error: syntax error near a comment /* that never ends; expected a definition\n"
      "t.asn1:4:1: error: syntax error near the end of the text; expected END of the module" },
    { "a string without an end", "x IA5String ::= \"and so on",
      "t.asn1:2:17: error: syntax error near a string that never ends; expected a value" },
    { "digits that are not hex", "x OCTET STRING ::= '12G4'H",
      "t.asn1:2:20: error: syntax error near a string that is neither 'binary'B nor 'HEX'H; expected a value" },
};

static void faults_say_where_and_what_was_expected(void **state)
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
        cmocka_unit_test(types_become_tables),
        cmocka_unit_test(tags_decide_the_order),
        cmocka_unit_test(faults_say_where_and_what_was_expected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
