/* Encodings in both variants against octets that Erlang/OTP 25 asn1ct made (options per, uper) from the same module and values;
 * rows marked otherwise are worked out by hand from X.691 (02/2021). */
#include <stdio.h>
#include <string.h>

#include "codecs/asn1/schema.h"
#include "codecs/per/per.h"
#include "codecs/value/diff.h"
#include "codecs/value/json.h"
#include "tools/test_support.h"

static const char module[] =
    "T DEFINITIONS AUTOMATIC TAGS ::= BEGIN\n"
    "Bool ::= BOOLEAN\n"
    "Nul ::= NULL\n"
    "I1 ::= INTEGER (5)\n"
    "I255 ::= INTEGER (0..254)\n"
    "I256 ::= INTEGER (0..255)\n"
    "I257 ::= INTEGER (1..257)\n"
    "I64K ::= INTEGER (0..65535)\n"
    "I64K1 ::= INTEGER (0..65536)\n"
    "I32 ::= INTEGER (1..4294967295)\n"
    "I40 ::= INTEGER (0..1099511627775)\n"
    "I63 ::= INTEGER (-9223372036854775808..9223372036854775807)\n"
    "INeg ::= INTEGER (-5..5)\n"
    "ISemi ::= INTEGER (3..MAX)\n"
    "IUnc ::= INTEGER\n"
    "IMax ::= INTEGER (MIN..5)\n"
    "IExt ::= INTEGER (0..7, ...)\n"
    "IExt32 ::= INTEGER (1..4294967295, ...)\n"
    "Enum3 ::= ENUMERATED { a, b, c }\n"
    "EnumX ::= ENUMERATED { a, b, ..., x, y }\n"
    "EnumNum ::= ENUMERATED { late(9), early(1), mid(4) }\n"
    "Real ::= REAL\n"
    "Oid ::= OBJECT IDENTIFIER\n"
    "BitsFix9 ::= BIT STRING (SIZE (9))\n"
    "BitsFix16 ::= BIT STRING (SIZE (16))\n"
    "BitsFix17 ::= BIT STRING (SIZE (17))\n"
    "BitsVar ::= BIT STRING (SIZE (22..32))\n"
    "BitsExt ::= BIT STRING (SIZE (1..160, ...))\n"
    "BitsFree ::= BIT STRING\n"
    "OctFix2 ::= OCTET STRING (SIZE (2))\n"
    "OctFix3 ::= OCTET STRING (SIZE (3))\n"
    "OctVar ::= OCTET STRING (SIZE (1..8))\n"
    "OctFree ::= OCTET STRING\n"
    "OctExt ::= OCTET STRING (SIZE (4, ...))\n"
    "Printable ::= PrintableString (SIZE (1..150, ...))\n"
    "PrintableFree ::= PrintableString\n"
    "Printable2 ::= PrintableString (SIZE (2))\n"
    "Printable1v ::= PrintableString (SIZE (0..1))\n"
    "Visible ::= VisibleString (SIZE (1..20))\n"
    "Ia5From ::= IA5String (FROM (\"a\"..\"d\")) (SIZE (1..10))\n"
    "Num ::= NumericString (SIZE (1..8))\n"
    "Utf8 ::= UTF8String\n"
    "Bmp ::= BMPString (SIZE (1..4))\n"
    "S0 ::= SEQUENCE { b BOOLEAN, u Oct8, i INTEGER (0..65535) }\n"
    "S1 ::= SEQUENCE { b BOOLEAN, i INTEGER (0..255), o OCTET STRING (SIZE (3)) }\n"
    "SOpt ::= SEQUENCE { a BOOLEAN OPTIONAL, b INTEGER (0..7) OPTIONAL, c NULL OPTIONAL, d INTEGER DEFAULT 42 }\n"
    "SExt ::= SEQUENCE { a BOOLEAN, ..., b INTEGER (0..255), c BOOLEAN }\n"
    "SGroup ::= SEQUENCE { a BOOLEAN, ..., [[ g1 INTEGER (0..255) OPTIONAL, g2 BOOLEAN ]], h INTEGER (0..255) OPTIONAL }\n"
    "SRoot2 ::= SEQUENCE { a BOOLEAN, ..., e INTEGER (0..255), ..., z INTEGER (0..3) }\n"
    "ListFix ::= SEQUENCE (SIZE (3)) OF INTEGER (0..7)\n"
    "ListVar ::= SEQUENCE (SIZE (1..16)) OF INTEGER (0..255)\n"
    "ListWide ::= SEQUENCE (SIZE (0..65535)) OF BOOLEAN\n"
    "ListFree ::= SEQUENCE OF INTEGER (0..65535)\n"
    "ListExt ::= SEQUENCE (SIZE (1..2, ...)) OF BOOLEAN\n"
    "Ch ::= CHOICE { a BOOLEAN, b INTEGER (0..255), c NULL }\n"
    "ChX ::= CHOICE { a BOOLEAN, ..., x INTEGER (0..255), n NULL }\n"
    "Rec ::= SEQUENCE { v INTEGER (0..7), next Rec OPTIONAL }\n"
    "Oct8 ::= OCTET STRING (SIZE (8))\n"
    "Short ::= SEQUENCE { b BOOLEAN, p PrintableString (SIZE (2)) }\n"
    "END\n";

static const struct {
    const char *type, *json, *aligned, *unaligned;
} rows[] = {
    { "Bool", "true", "80", "80" },
    { "Bool", "false", "00", "00" },
    { "Nul", "null", "00", "00" },
    { "I1", "5", "00", "00" },
    { "I255", "254", "fe", "fe" },
    { "I256", "77", "4d", "4d" },
    { "I257", "257", "0100", "8000" },
    { "I64K", "65535", "ffff", "ffff" },
    { "I64K1", "0", "0000", "000000" },
    { "I64K1", "65536", "80010000", "800000" },
    { "I32", "1", "0000", "00000000" },
    { "I32", "256", "00ff", "000000ff" },
    { "I32", "257", "400100", "00000100" },
    { "I32", "65536", "40ffff", "0000ffff" },
    { "I32", "65537", "80010000", "00010000" },
    { "I32", "4294967295", "c0fffffffe", "fffffffe" },
    { "I40", "1099511627775", "80ffffffffff", "ffffffffff" },
    { "I63", "-1", "e07fffffffffffffff", "7fffffffffffffff" },
    { "I63", "-9223372036854775808", "0000", "0000000000000000" },
    { "INeg", "-5", "00", "00" },
    { "INeg", "5", "a0", "a0" },
    { "ISemi", "3", "0100", "0100" },
    { "ISemi", "258", "01ff", "01ff" },
    { "ISemi", "259", "020100", "020100" },
    { "IUnc", "0", "0100", "0100" },
    { "IUnc", "127", "017f", "017f" },
    { "IUnc", "128", "020080", "020080" },
    { "IUnc", "-128", "0180", "0180" },
    { "IUnc", "-129", "02ff7f", "02ff7f" },
    { "IUnc", "4611686018427387904", "084000000000000000", "084000000000000000" },
    { "IUnc", "-9223372036854775808", "088000000000000000", "088000000000000000" },
    { "IMax", "-200", "02ff38", "02ff38" },
    { "IExt", "7", "70", "70" },
    { "IExt", "8", "800108", "808400" },
    { "IExt", "-1", "8001ff", "80ff80" },
    { "IExt32", "4294967296", "80050100000000", "82808000000000" },
    { "IExt32", "4294967295", "60fffffffe", "7fffffff00" },
    { "Enum3", "\"c\"", "80", "80" },
    { "EnumX", "\"b\"", "40", "40" },
    { "EnumX", "\"y\"", "81", "81" },
    { "EnumNum", "\"mid\"", "40", "40" },
    { "EnumNum", "\"late\"", "80", "80" },
    { "Oid", "\"1.3.6.1.4.1.53148.1.2.2.2\"", "0c2b06010401839f1c01020202", "0c2b06010401839f1c01020202" },
    { "Oid", "\"2.999.3\"", "03883703", "03883703" },
    { "BitsFix9", "{\"value\":\"5e00\",\"length\":9}", "5e00", "5e00" },
    { "BitsFix16", "{\"value\":\"abcd\",\"length\":16}", "abcd", "abcd" },
    { "BitsFix17", "{\"value\":\"d5e680\",\"length\":17}", "d5e680", "d5e680" },
    { "BitsVar", "{\"value\":\"aaf378\",\"length\":22}", "00aaf378", "0aaf3780" },
    { "BitsExt", "{\"value\":\"a0\",\"length\":3}", "0100a0", "0150" },
    { "BitsExt", "{\"value\":\"000000000000000000000000000000000000000000\",\"length\":161}",
      "8080a1000000000000000000000000000000000000000000", "c050800000000000000000000000000000000000000000" },
    { "BitsFree", "{\"value\":\"00a0\",\"length\":11}", "0b00a0", "0b00a0" },
    { "OctFix2", "\"0102\"", "0102", "0102" },
    { "OctFix3", "\"010203\"", "010203", "010203" },
    { "OctVar", "\"0908\"", "200908", "212100" },
    { "OctFree", "\"0102030405\"", "050102030405", "050102030405" },
    { "OctExt", "\"01020304\"", "0001020304", "0081018200" },
    { "OctExt", "\"0102\"", "80020102", "81008100" },
    { "Printable", "\"ranproof\"", "038072616e70726f6f66", "03f2c3bb872dfbf300" },
    { "PrintableFree", "\"Ab 0\"", "0441622030", "0483890300" },
    { "Printable2", "\"ok\"", "6f6b", "dfac" },
    { "Printable1v", "\"k\"", "b580", "eb" },
    { "Visible", "\"a_b@c\"", "20615f624063", "261bf8a063" },
    { "Ia5From", "\"abcd\"", "301b", "31b0" },
    { "Num", "\"0 9\"", "4010a0", "4214" },
    { "Utf8", "\"gr\\u00fcn\"", "056772c3bc6e", "056772c3bc6e" },
    { "Bmp", "\"hi\"", "4000680069", "401a001a40" },
    { "S0", "{\"b\":true,\"u\":\"0102030405060708\",\"i\":513}", "8001020304050607080201", "8081018202830384010080" },
    { "S1", "{\"b\":true,\"i\":7,\"o\":\"010203\"}", "8007010203", "8380810180" },
    { "SOpt", "{}", "00", "00" },
    { "SOpt", "{\"a\":true,\"b\":3,\"c\":null,\"d\":43}", "fb012b", "fb012b" },
    { "SExt", "{\"a\":true,\"b\":1,\"c\":false}", "c0e001010100", "c0e020202000" },
    { "SRoot2", "{\"a\":true,\"z\":2,\"e\":5}", "e0100105", "e0101050" },
    { "ListFix", "[1,2,3]", "2980", "2980" },
    { "ListVar", "[1,255]", "1001ff", "101ff0" },
    { "ListWide", "[true,false,true]", "0003a0", "0003a0" },
    { "ListFree", "[1,2]", "0200010002", "0200010002" },
    { "ListFree", "[]", "00", "00" },
    { "ListExt", "[true]", "20", "20" },
    { "ListExt", "[true,true,false]", "8003c0", "81e0" },
    { "Ch", "{\"b\":200}", "40c8", "7200" },
    { "Ch", "{\"c\":null}", "80", "80" },
    { "ChX", "{\"a\":true}", "40", "40" },
    { "ChX", "{\"x\":200}", "8001c8", "8001c8" },
    { "ChX", "{\"n\":null}", "810100", "810100" },
    { "Rec", "{\"v\":1,\"next\":{\"v\":2,\"next\":{\"v\":3}}}", "9a30", "9a30" },
    /* 30.5.6 by hand: a fixed string of 16 bits is not aligned (asn1ct aligns it) */
    { "Short", "{\"b\":true,\"p\":\"ok\"}", "b7b580", "" },
    /* X.690 8.5, 11.3 by hand */
    { "Real", "0", "00", "00" },
    { "Real", "0.5", "0380ff01", "0380ff01" },
    { "Real", "255", "038000ff", "038000ff" },
    { "Real", "-3.14159", "09c0ce0c90fcf80dc337", "" },
    { "Real", "\"INF\"", "0140", "0140" },
    /* 19.9 by hand: a group is one open type holding a SEQUENCE with its optional bit */
    { "SGroup", "{\"a\":true,\"g1\":5,\"g2\":true,\"h\":9}", "c0e0038005800109", "" },
    { "SGroup", "{\"a\":true,\"h\":9}", "c0a00109", "" },
    { "SGroup", "{\"a\":true,\"g2\":false}", "c0c00100", "" },
};

static struct rp_arena schema_arena;
static const struct rp_schema *schema;

static int compile_module(void **state)
{
    (void)state;
    struct rp_source source = { .file = "T.asn1", .text = module, .len = sizeof module - 1 };
    struct rp_diags diags = { .arena = &schema_arena };
    schema = rp_schema_compile("t", &source, 1, &schema_arena, &diags);
    for (struct rp_diag *diag = diags.first; diag; diag = diag->next)
        print_error("%u:%u %s\n", diag->line, diag->column, diag->text);
    return schema ? 0 : -1;
}

static int free_module(void **state)
{
    (void)state;
    rp_arena_free(&schema_arena);
    return 0;
}

static void assert_clean(const struct rp_diags *diags, const char *what)
{
    char text[700];
    if (diags->count && diags->first) {
        rp_diag_format(diags->first, text, sizeof text);
        fail_msg("%s: %s", what, text);
    }
    assert_int_equal(diags->count, 0);
}

static void check_encoding(const char *what, const struct rp_tree *value, enum rp_variant variant, const char *hex,
                           struct rp_arena *arena)
{
    uint8_t want[512];
    const uint8_t *out;
    size_t len, want_len = rp_unhex(hex, want, sizeof want);
    struct rp_diags diags = { .arena = arena };
    bool encoded = rp_per_encode(value, variant, RP_CHECKED, arena, &out, &len, &diags);
    assert_clean(&diags, what);
    assert_true(encoded);
    if (len != want_len || memcmp(out, want, len) != 0) {
        char seen[1200] = "";
        for (size_t i = 0; i < len && i < 500; i++)
            snprintf(seen + 2 * i, sizeof seen - 2 * i, "%02x", out[i]);
        fail_msg("%s: encoded as %s, wanted %s", what, seen, hex);
    }
    uint8_t *guarded = rp_guarded(want, want_len);
    struct rp_tree decoded;
    assert_true(rp_per_decode(rp_node_type(&value->nodes[0]), variant, guarded, want_len, arena, &decoded, &diags));
    assert_clean(&diags, what);
    size_t differences;
    assert_null(rp_diff(value, &decoded, 1, &differences, arena));
    rp_guarded_free(guarded, want_len);
}

static void octets_are_those_of_an_independent_codec(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct rp_diags diags = { .arena = &arena };
        const struct rp_type *type = rp_schema_type(schema, rows[i].type);
        assert_non_null(type);
        char what[200];
        snprintf(what, sizeof what, "%s %.150s", rows[i].type, rows[i].json);
        struct rp_tree value = rp_json_read(type, rows[i].json, strlen(rows[i].json), &arena, &diags);
        assert_clean(&diags, what);
        assert_int_not_equal(value.n_nodes, 0);
        check_encoding(what, &value, RP_ALIGNED, rows[i].aligned, &arena);
        if (rows[i].unaligned[0])
            check_encoding(what, &value, RP_UNALIGNED, rows[i].unaligned, &arena);
        rp_arena_reset(&arena);
    }
    rp_arena_free(&arena);
}

static const struct {
    const char *type, *hex;
    enum rp_grade grade;
    enum rp_err err;
    const char *line; /* rp_diag_format of the first finding */
} wrong[] = {
    { "I256", "", RP_TRANSFER, RP_EEND, "transfer-syntax: bit 0 I256: the octets end too early; expected 1 more octets, seen 0" },
    { "INeg", "f0", RP_CONSTRAINT, RP_ERANGE, "constraint: bit 0 INeg: 10 is above the upper bound; expected -5..5, seen 10" },
    { "I64K1", "80ffff00", RP_CONSTRAINT, RP_ERANGE, NULL },
    { "I64K1", "0005aa", RP_CANONICAL, RP_ETRAILING, NULL },
    { "I64K1", "400005", RP_CANONICAL, RP_EFORM,
      "canonical: bit 8 I64K1: leading zero octet in an INTEGER of 2 octets [X.691 (02/2021) 11.5.7.4]" },
    { "Enum3", "c0", RP_TRANSFER, RP_ESYNTAX,
      "transfer-syntax: bit 0 Enum3: enumeration index beyond the last enumerator; expected 0..2, seen 3 [X.691 (02/2021) "
      "14.2]" },
    { "EnumX", "8a", RP_NOTE, RP_EUNKNOWN,
      "note: bit 0 EnumX: extension value 10, which this edition does not have [X.691 (02/2021) 14.3]" },
    { "EnumX", "c00101", RP_CANONICAL, RP_EFORM, NULL },
    { "Ch", "c0", RP_TRANSFER, RP_ESYNTAX,
      "transfer-syntax: bit 0 Ch: choice index beyond the last alternative; expected 0..2, seen 3 [X.691 (02/2021) 23.6]" },
    { "ChX", "8501c8", RP_NOTE, RP_EUNKNOWN, NULL },
    { "IUnc", "00", RP_TRANSFER, RP_ESYNTAX, "transfer-syntax: bit 0 IUnc: an INTEGER of no octets [X.691 (02/2021) 11.4]" },
    { "IUnc", "020001", RP_CANONICAL, RP_EFORM, NULL },
    { "IUnc", "800101", RP_CANONICAL, RP_EFORM,
      "canonical: bit 0 IUnc: two octets for a length that has to be in one: 1 [X.691 (02/2021) 11.9.3.6]" },
    { "OctFree", "c0", RP_TRANSFER, RP_ESYNTAX,
      "transfer-syntax: bit 0 OctFree: fragment of 0 times 16K items; expected a multiplier of 1 to 4, seen 0 (octet 0xc0) "
      "[X.691 (02/2021) 11.9.3.8]" },
    { "OctFree", "05010203", RP_TRANSFER, RP_EEND,
      "transfer-syntax: bit 8 OctFree: the octets end too early; expected 5 more octets, seen 3" },
    { "IExt", "800107", RP_CANONICAL, RP_EFORM, NULL },
    { "BitsVar", "f0ffffffffffff", RP_CONSTRAINT, RP_ESIZE, NULL },
    { "Printable2", "6f5f", RP_CONSTRAINT, RP_EALPHABET,
      "constraint: bit 8 Printable2: character 1 is not one that PrintableString has; expected a character of PrintableString, "
      "seen '_' (0x5f) [X.680 (02/2021) 41.4]" },
    { "SOpt", "10012a", RP_CANONICAL, RP_EFORM, NULL },
    { "SExt", "80", RP_TRANSFER, RP_EEND, NULL },
    { "SExt", "c000", RP_CANONICAL, RP_EFORM,
      "canonical: bit 2 SExt: extension bit set and no addition present [X.691 (02/2021) 19.1]" },
    { "SExt", "c11001aa", RP_NOTE, RP_EUNKNOWN, NULL },
    { "SExt", "c0e003010000 0100", RP_CANONICAL, RP_ETRAILING,
      "canonical: bit 32 SExt.b: 2 octets after the value inside the open type [X.691 (02/2021) 11.2]" },
    { "S1", "ff07010203", RP_CANONICAL, RP_EFORM, NULL },
    { "Real", "0180", RP_TRANSFER, RP_ESYNTAX, "transfer-syntax: bit 8 Real: REAL too short [X.690 (02/2021) 8.5]" },
    { "Real", "04800000ff", RP_CANONICAL, RP_EFORM,
      "canonical: bit 8 Real: REAL mantissa with a leading zero octet [X.690 (02/2021) 11.3]" },
    { "Bool", "8000", RP_CANONICAL, RP_ETRAILING, "canonical: bit 8 Bool: 1 octet after the value [X.691 (02/2021) 11.1]" },
    { "Bool", "81", RP_CANONICAL, RP_EFORM,
      "canonical: bit 1 Bool: padding bits at the end of the encoding are not zero [X.691 (02/2021) 11.1]" },
};

static void findings_have_grade_place_and_clause(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        uint8_t octets[64];
        char line[700];
        size_t len = rp_unhex(wrong[i].hex, octets, sizeof octets);
        uint8_t *guarded = rp_guarded(octets, len);
        struct rp_diags diags = { .arena = &arena };
        struct rp_tree tree;
        bool read = rp_per_decode(rp_schema_type(schema, wrong[i].type), RP_ALIGNED, guarded, len, &arena, &tree, &diags);
        if (!diags.first || diags.worst != wrong[i].grade || diags.first->err != wrong[i].err)
            fail_msg("%s %s: grade %s, %s", wrong[i].type, wrong[i].hex, rp_grade_name(diags.worst),
                     diags.first ? diags.first->text : "nothing found");
        assert_int_equal(read, wrong[i].grade < RP_TRANSFER);
        rp_diag_format(diags.first, line, sizeof line);
        if (wrong[i].line)
            assert_string_equal(line, wrong[i].line);
        rp_guarded_free(guarded, len);
        rp_arena_reset(&arena);
    }
    rp_arena_free(&arena);
}

/** Octets and bits around every fragment boundary, both variants, through encoder and decoder and back. */
static void fragments_come_back(void **state)
{
    (void)state;
    static const size_t sizes[] = { 127, 128, 16383, 16384, 16385, 32768, 49152, 65535, 65536, 65537, 81920, 131072, 200000 };
    static const char *const types[] = { "OctFree", "BitsFree", "ListFree", "IUnc" };
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        for (size_t t = 0; t < 4; t++)
            for (enum rp_variant variant = RP_UNALIGNED; variant <= RP_ALIGNED; variant++) {
                struct rp_arena arena = { 0 };
                struct rp_diags diags = { .arena = &arena };
                struct rp_builder build = { .arena = &arena };
                const struct rp_type *type = rp_schema_type(schema, types[t]);
                uint8_t *octets = rp_arena_calloc(&arena, sizes[i], 1);
                memset(octets, 0x5a, type->kind == RP_BIT_STRING ? sizes[i] / 8 : sizes[i]);
                uint32_t root = rp_build_node(&build, &type->self);
                for (size_t k = 0; type->kind == RP_SEQUENCE_OF && k < sizes[i]; k++) {
                    uint32_t element = rp_build_node(&build, type->element);
                    build.nodes[element].value.integer = (int64_t)(k & 0xffff);
                }
                rp_build_end(&build, root);
                build.nodes[root].len = (uint32_t)sizes[i];
                if (type->kind != RP_SEQUENCE_OF)
                    build.nodes[root].value.octets = octets;
                struct rp_tree tree = rp_build_tree(&build), back;
                const uint8_t *out, *again;
                size_t len, len_again, differences;
                assert_true(rp_per_encode(&tree, variant, RP_CHECKED, &arena, &out, &len, &diags));
                assert_true(rp_per_decode(type, variant, out, len, &arena, &back, &diags));
                assert_clean(&diags, types[t]);
                assert_null(rp_diff(&tree, &back, 1, &differences, &arena));
                assert_true(rp_per_encode(&back, variant, RP_CHECKED, &arena, &again, &len_again, &diags));
                assert_int_equal(len, len_again);
                assert_memory_equal(out, again, len);
                rp_arena_free(&arena);
            }
}

static void depth_is_limited(void **state)
{
    (void)state;
    uint8_t octets[64];
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    struct rp_tree tree;
    memset(octets, 0xff, sizeof octets);
    assert_false(rp_per_decode(rp_schema_type(schema, "Rec"), RP_ALIGNED, octets, sizeof octets, &arena, &tree, &diags));
    assert_int_equal(diags.first->err, RP_EDEPTH);
    assert_string_equal(diags.first->text, "nested deeper than 64 levels");
    rp_arena_free(&arena);
}

static void memory_is_limited(void **state)
{
    (void)state;
    uint8_t octets[8194] = { 0xff, 0xff }; /* 65535 BOOLEANs */
    struct rp_arena arena = { .limit = 64 << 10 };
    struct rp_arena report = { 0 };
    struct rp_diags diags = { .arena = &report };
    struct rp_tree tree;
    assert_false(rp_per_decode(rp_schema_type(schema, "ListWide"), RP_ALIGNED, octets, sizeof octets, &arena, &tree, &diags));
    assert_int_equal(diags.first->err, RP_ENOMEM);
    rp_arena_free(&arena);
    rp_arena_free(&report);
}

/** Every cut of every encoding, and every allocation failing, gives a finding and touches nothing outside. */
static void cuts_and_failing_allocations_are_findings(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint8_t octets[512];
        size_t len = rp_unhex(rows[i].aligned, octets, sizeof octets);
        const struct rp_type *type = rp_schema_type(schema, rows[i].type);
        for (size_t cut = 0; cut < len; cut++) {
            uint8_t *guarded = rp_guarded(octets, cut);
            struct rp_arena arena = { 0 };
            struct rp_diags diags = { .arena = &arena };
            struct rp_tree tree;
            assert_false(rp_per_decode(type, RP_ALIGNED, guarded, cut, &arena, &tree, &diags));
            assert_int_equal(diags.worst, RP_TRANSFER);
            rp_guarded_free(guarded, cut);
            rp_arena_free(&arena);
        }
        for (long n = 0; n < 4; n++) {
            struct rp_arena arena = { 0 };
            struct rp_diags diags = { .arena = &arena };
            struct rp_tree tree;
            const uint8_t *out;
            size_t out_len;
            rp_arena_fail_after(n);
            if (rp_per_decode(type, RP_ALIGNED, octets, len, &arena, &tree, &diags))
                rp_per_encode(&tree, RP_ALIGNED, RP_CHECKED, &arena, &out, &out_len, &diags);
            else
                assert_int_not_equal(diags.count, 0);
            rp_arena_fail_after(-1);
            rp_arena_free(&arena);
        }
    }
}

static void checked_refuses_and_unchecked_writes_what_fits(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    const struct rp_type *type = rp_schema_type(schema, "INeg");
    struct rp_builder build = { .arena = &arena };
    const uint8_t *out;
    size_t len;
    rp_build_node(&build, &type->self);
    build.nodes[0].value.integer = 9;
    struct rp_tree tree = rp_build_tree(&build);
    assert_false(rp_per_encode(&tree, RP_ALIGNED, RP_CHECKED, &arena, &out, &len, &diags));
    assert_string_equal(diags.first->text, "9 is above the upper bound");
    assert_true(rp_per_encode(&tree, RP_ALIGNED, RP_UNCHECKED, &arena, &out, &len, &diags));
    assert_int_equal(out[0], 0xe0);
    build.nodes[0].value.integer = 50;
    assert_false(rp_per_encode(&tree, RP_ALIGNED, RP_UNCHECKED, &arena, &out, &len, &diags));
    rp_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(octets_are_those_of_an_independent_codec),
        cmocka_unit_test(findings_have_grade_place_and_clause),
        cmocka_unit_test(fragments_come_back),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(memory_is_limited),
        cmocka_unit_test(cuts_and_failing_allocations_are_findings),
        cmocka_unit_test(checked_refuses_and_unchecked_writes_what_fits),
    };
    return cmocka_run_group_tests(tests, compile_module, free_module);
}
