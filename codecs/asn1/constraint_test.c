#include "codecs/asn1/describe_test.h"

static const char support[] = "Small ::= INTEGER (0..7)\n"
                              "Open ::= INTEGER (0..7, ...)\n"
                              "Gaps ::= INTEGER (1..2 | 5..6)\n"
                              "Text ::= PrintableString (SIZE (1..20, ...))\n"
                              "Bytes ::= OCTET STRING (SIZE (1..4))\n"
                              "Letters ::= IA5String (FROM (\"a\"..\"z\"))\n"
                              "List ::= SEQUENCE OF Small\n"
                              "Pair ::= SEQUENCE {a Small, b Small OPTIONAL}\n"
                              "five INTEGER ::= 5\n"
                              "seven INTEGER ::= 7\n";

static const struct {
    const char *what, *type, *want;
} rows[] = {
    { "no constraint", "INTEGER", "INTEGER" },
    { "one value", "INTEGER (5)", "INTEGER(5..5)" },
    { "a range", "INTEGER (-3..250)", "INTEGER(-3..250)" },
    { "no upper bound", "INTEGER (1..MAX)", "INTEGER(1..MAX)" },
    { "no lower bound", "INTEGER (MIN..-1)", "INTEGER(MIN..-1)" },
    { "ends left out", "INTEGER (0<..<10)", "INTEGER(1..9)" },
    { "by value references", "INTEGER (five..seven)", "INTEGER(5..7)" },
    { "by named numbers", "INTEGER {low(-5), high(5)} (low..high)", "INTEGER{low(-5), high(5)}(-5..5)" },
    { "up to 2^40-1", "INTEGER (0..1099511627775)", "INTEGER(0..1099511627775)" },
    { "all of int64", "INTEGER (-9223372036854775808..9223372036854775807)",
      "INTEGER(-9223372036854775808..9223372036854775807)" },
    { "up to 2^64-1", "INTEGER (0..18446744073709551615)", "INTEGER(0..18446744073709551615)" },
    { "extensible", "INTEGER (0..7, ...)", "INTEGER(0..7)..." },
    { "additions say nothing", "INTEGER (0..7, ..., 20..30)", "INTEGER(0..7)..." },
    { "a union with a gap", "INTEGER (0 | 5..9)", "INTEGER(0..9)[0..0|5..9]" },
    { "a union without", "INTEGER (0..4 | 5..9)", "INTEGER(0..9)" },
    { "UNION and INTERSECTION in words", "INTEGER (1 UNION 3..9 INTERSECTION 2..4)", "INTEGER(1..4)[1..1|3..4]" },
    { "an intersection", "INTEGER (0..100 ^ 50..200)", "INTEGER(50..100)" },
    { "parentheses inside", "INTEGER ((0..10 | 20..30) ^ (5..25))", "INTEGER(5..25)[5..10|20..25]" },
    { "EXCEPT is for checking alone", "INTEGER (1..10 EXCEPT 10)", "INTEGER(1..10)[1..9]" },
    { "ALL EXCEPT", "INTEGER (ALL EXCEPT 3)", "INTEGER[-9223372036854775808..2|4..9223372036854775807]" },
    { "ALL EXCEPT on a bounded type", "Small (ALL EXCEPT (3 | 7))", "INTEGER(0..7)[0..2|4..6]" },
    { "a contained subtype", "INTEGER (Small | 100)", "INTEGER(0..100)[0..7|100..100]" },
    { "INCLUDES", "INTEGER (INCLUDES Small ^ 3..9)", "INTEGER(3..7)" },
    { "a contained subtype is not extensible", "INTEGER (Open)", "INTEGER(0..7)" },
    { "its gaps are kept", "INTEGER (Gaps ^ 2..5)", "INTEGER(2..5)[2..2|5..5]" },
    { "serial", "INTEGER (0..100)(10..20)", "INTEGER(10..20)" },
    { "serial drops the marker", "Open (2..5)", "INTEGER(2..5)" },
    { "serial adds the marker", "Small (2..5, ...)", "INTEGER(2..5)..." },
    { "MIN is the parent's", "Small (MIN..3)", "INTEGER(0..3)" },
    { "MIN with the end left out", "Small (MIN<..MAX)", "INTEGER(1..7)" },
    { "an exception is read over", "INTEGER (0..7, ... ! 5)", "INTEGER(0..7)..." },
    { "an exception with a type", "INTEGER (0..7 ! PrintableString : \"bad\")", "INTEGER(0..7)" },
    { "a size", "OCTET STRING (SIZE (3))", "OCTET STRING(3..3)" },
    { "a size range", "BIT STRING (SIZE (6..160, ...))", "BIT STRING(6..160)..." },
    { "two sizes", "OCTET STRING (SIZE (4 | 16))", "OCTET STRING(4..16)[4..4|16..16]" },
    { "no greatest size", "OCTET STRING (SIZE (1..MAX))", "OCTET STRING(1..MAX)" },
    { "any size", "OCTET STRING (SIZE (0..MAX))", "OCTET STRING" },
    { "the marker outside of SIZE", "PrintableString (SIZE (0..15), ...)", "PrintableString(0..15)..." },
    { "a size on a reference", "Bytes (SIZE (4))", "OCTET STRING(4..4)" },
    { "a size by a type", "OCTET STRING (SIZE (Small))", "OCTET STRING(0..7)" },
    { "a size on an extensible reference", "Text (SIZE (5))", "PrintableString(5..5)" },
    { "sizes of a list", "SEQUENCE (SIZE (1..five)) OF Small", "SEQUENCE OF(1..5) Small" },
    { "sizes of a list, old form", "SET SIZE (2) OF NULL", "SET OF(2..2) NULL" },
    { "the constraint behind OF is the element's", "SEQUENCE OF INTEGER (1..3)", "SEQUENCE OF INTEGER(1..3)" },
    { "an alphabet", "IA5String (FROM (\"a\"..\"c\" | \"X\"))", "IA5String FROM(Xa-c)" },
    { "an alphabet and a size", "IA5String (FROM (\"01\") ^ SIZE (4))", "IA5String(4..4) FROM(0-1)" },
    { "one after the other", "IA5String (SIZE (4))(FROM (\"01\"))", "IA5String(4..4) FROM(0-1)" },
    { "an alphabet cut down", "Letters (FROM (\"x\"..\"z\" | \"A\"))", "IA5String FROM(x-z)" },
    { "an alphabet with a quote", "PrintableString (FROM (\"a\" | \"b\")) (SIZE (1))", "PrintableString(1..1) FROM(a-b)" },
    { "an extensible alphabet is not seen", "VisibleString (FROM (\"abc\", ...))", "VisibleString checked(a-c)" },
    { "an alphabet that is all", "IA5String (FROM ({0,0}..{7,15}))", "IA5String" },
    { "an alphabet of quadruples", "BMPString (FROM ({0,0,0,65}..{0,0,0,67}))", "BMPString FROM(A-C)" },
    { "an alphabet of tuples", "IA5String (FROM ({0,13} | {0,10}))", "IA5String FROM(1013)" },
    { "a size or an alphabet is neither", "IA5String (SIZE (4) | FROM (\"01\"))", "IA5String" },
    { "a single value is not seen", "IA5String (\"yes\" | \"no\")", "IA5String" },
    { "a single value beside a size", "IA5String (SIZE (1..3) ^ (\"yes\" | \"no\"))", "IA5String(1..3)" },
    { "UTF8String has no size in PER", "UTF8String (SIZE (1..150, ...))", "UTF8String" },
    { "PATTERN", "UTF8String (PATTERN \"[a-z]+\")", "UTF8String" },
    { "CONTAINING", "OCTET STRING (CONTAINING Small)", "OCTET STRING CONTAINING Small" },
    { "CONTAINING with a size",
      "OCTET STRING (SIZE (4), ...) (CONTAINING Small ENCODED BY {joint-iso-itu-t asn1(1) packed-encoding(3) basic(0) 0})",
      "OCTET STRING(4..4)... CONTAINING Small" },
    { "CONSTRAINED BY", "Bytes (CONSTRAINED BY { -- a checksum -- Small })", "OCTET STRING(1..4)" },
    { "WITH COMPONENT", "List (WITH COMPONENT (2 | 3))", "SEQUENCE OF Small" },
    { "WITH COMPONENTS", "Pair (WITH COMPONENTS {..., a PRESENT, b (1..2) ABSENT})", "SEQUENCE {a Small, b? Small}" },
    { "one value of an ENUMERATED", "ENUMERATED {a, b} (a)", "ENUMERATED{a(0), b(1)}" },
};

static void constraints_are_read_as_per_sees_them(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[2000];
        snprintf(text, sizeof text, "%sX ::= %s\n", support, rows[i].type);
        wrong += expect_type(rows[i].what, text, "X", rows[i].want);
    }
    assert_int_equal(wrong, 0);
}

static void value_sets_are_types(void **state)
{
    (void)state;
    int wrong = 0;
    wrong += expect_type("value set", "X INTEGER ::= {1 | 3..5}", "X", "INTEGER(1..5)[1..1|3..5]");
    wrong += expect_type("extensible value set", "X INTEGER ::= {1..5, ...}", "X", "INTEGER(1..5)...");
    wrong +=
        expect_type("value set of a subtype", "S ::= INTEGER (0..9)\nX S ::= {1..5}\nY ::= X (2..MAX)", "Y", "INTEGER(2..5)");
    assert_int_equal(wrong, 0);
}

static const struct {
    const char *what, *text, *want;
} faults[] = {
    { "ends the wrong way round", "X ::= INTEGER (7..0)",
      "t.asn1:2:16: error: the lower end of this range is above its upper end" },
    { "nothing left", "X ::= INTEGER (0..3)(4..5)", "t.asn1:2:22: error: no value is left by this constraint" },
    { "no size left", "X ::= OCTET STRING (SIZE (4) ^ SIZE (5))", "t.asn1:2:21: error: no size is left by this constraint" },
    { "no character left", "X ::= IA5String (FROM (\"a\"))(FROM (\"b\"))",
      "t.asn1:2:30: error: no character is left by this constraint" },
    { "SIZE of an INTEGER", "X ::= INTEGER (SIZE (4))", "t.asn1:2:16: error: SIZE does not fit INTEGER" },
    { "FROM of octets", "X ::= OCTET STRING (FROM (\"a\"))", "t.asn1:2:21: error: FROM does not fit OCTET STRING" },
    { "another type contained", "X ::= INTEGER (Y)\nY ::= BOOLEAN", "t.asn1:2:16: error: BOOLEAN does not fit INTEGER" },
    { "a size below 0", "X ::= OCTET STRING (SIZE (-1..4))", "t.asn1:2:21: error: a size is not below 0" },
    { "a bound beyond 64 bits", "X ::= INTEGER (0..99999999999999999999)",
      "t.asn1:2:19: error: numbers beyond 64 bits are not supported" },
    { "CONTAINING in an INTEGER", "X ::= INTEGER (CONTAINING BOOLEAN)",
      "t.asn1:2:16: error: CONTAINING and ENCODED BY do not fit INTEGER" },
    { "text as a bound", "X ::= INTEGER (1..\"9\")",
      "t.asn1:2:19: error: '\"9\"' is no value of the type; expected a value of INTEGER X" },
    { "a whole word in FROM", "X ::= IA5String (FROM (\"ab\"..\"z\"))",
      "t.asn1:2:24: error: the end of a range in FROM is one character" },
};

static void faulty_constraints_are_refused(void **state)
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
        cmocka_unit_test(constraints_are_read_as_per_sees_them),
        cmocka_unit_test(value_sets_are_types),
        cmocka_unit_test(faulty_constraints_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
