#include "codecs/asn1/describe_test.h"

/* What the rows below have in common: the classes and containers of an application protocol. */
static const char support[] =
    "Criticality ::= ENUMERATED {reject, ignore, notify}\n"
    "Presence ::= ENUMERATED {optional, conditional, mandatory}\n"
    "IE-ID ::= INTEGER (0..65535)\n"
    "IES ::= CLASS {&id IE-ID UNIQUE, &criticality Criticality DEFAULT ignore, &Value, &presence Presence}\n"
    "WITH SYNTAX {ID &id [CRITICALITY &criticality] TYPE &Value PRESENCE &presence}\n"
    "Field {IES : Set} ::= SEQUENCE {id IES.&id ({Set}), criticality IES.&criticality ({Set}{@id}),\n"
    "  value IES.&Value ({Set}{@.id})}\n"
    "Container {IES : Set} ::= SEQUENCE (SIZE (0..9)) OF Field {{Set}}\n"
    "id-A IE-ID ::= 7\n"
    "id-B IE-ID ::= 3\n"
    "A ::= INTEGER (0..7)\n"
    "one IES ::= {ID id-A CRITICALITY reject TYPE A PRESENCE mandatory}\n"
    "two IES ::= {ID id-B TYPE BOOLEAN PRESENCE optional}\n"
    "Both IES ::= {one | two}\n"
    "None IES ::= {...}\n";

static void describe_set(struct line *line, const struct rp_object_set *set)
{
    say(line, "%s %s%s%s:", set->name, set->class_name, set->extensible ? " ..." : "", set->keyed ? "" : " unkeyed");
    for (uint32_t i = 0; i < set->n_objects; i++) {
        const struct rp_object *object = &set->objects[i];
        say(line, " {%lld %s%s", (long long)object->key, object->key_name ? object->key_name : "-",
            object->mandatory ? " mandatory" : "");
        if (object->has_criticality)
            say(line, " %d", object->criticality);
        for (uint16_t k = 0; k < set->n_fields; k++) {
            const struct rp_object_field *field = &object->fields[k];
            assert_true(!field->slot.type || (field->slot.set == set && field->slot.at == -1));
            if (field->slot.type)
                say(line, " %s", field->slot.name);
        }
        say(line, "}");
    }
    say(line, " by key");
    for (uint32_t i = 0; i < set->n_objects; i++)
        say(line, " %u", set->by_key[i]);
}

/* X is a type whose last slot, or the last slot of whose element, has the object set that is compared. */
static const struct {
    const char *what, *text, *want;
} sets[] = {
    { "objects in braces", "X ::= Field {{S}}\nS IES ::= {{ID 1 TYPE A PRESENCE optional}, ...}",
      "S IES ...: {1 - 1 A} by key 0" },
    { "objects by reference", "X ::= Field {{Both}}", "Both IES: {7 id-A mandatory 0 A} {3 id-B 1 BOOLEAN} by key 1 0" },
    { "sets of sets", "X ::= Field {{S}}\nS IES ::= {Both | None | {ID 5 TYPE NULL PRESENCE optional}}",
      "S IES ...: {7 id-A mandatory 0 A} {3 id-B 1 BOOLEAN} {5 - 1 NULL} by key 1 2 0" },
    { "objects behind the marker", "X ::= Field {{S}}\nS IES ::= {one, ..., two}",
      "S IES ...: {7 id-A mandatory 0 A} {3 id-B 1 BOOLEAN} by key 1 0" },
    { "nothing but a marker", "X ::= Field {{None}}", "None IES ...: by key" },
    { "a set without a name", "X ::= Field {{one | two, ...}}",
      " IES ...: {7 id-A mandatory 0 A} {3 id-B 1 BOOLEAN} by key 1 0" },
    { "by way of a container", "X ::= Container {{Both}}", "Both IES: {7 id-A mandatory 0 A} {3 id-B 1 BOOLEAN} by key 1 0" },
    { "the same key twice: the first", "X ::= Field {{S}}\nS IES ::= {one | {ID 7 TYPE NULL PRESENCE optional}}",
      "S IES: {7 id-A mandatory 0 A} {7 - 1 NULL} by key 0 1" },
    { "an object of an object", "X ::= Field {{S}}\nS IES ::= {alias}\nalias IES ::= one",
      "S IES: {7 id-A mandatory 0 A} by key 0" },
    { "a class by another name", "X ::= Field {{S}}\nS OTHER ::= {one}\nOTHER ::= IES",
      "S IES: {7 id-A mandatory 0 A} by key 0" },
    { "types in place",
      "X ::= Field {{S}}\nS IES ::= {{ID 1 TYPE SEQUENCE {a A OPTIONAL} PRESENCE optional}|"
      "{ID 2 TYPE OCTET STRING (SIZE (3)) PRESENCE optional}|{ID 4 TYPE Container {{None}} PRESENCE optional}}",
      "S IES: {1 - 1 SEQUENCE} {2 - 1 OCTET STRING} {4 - 1 Container} by key 0 1 2" },
    { "the default syntax",
      "C ::= CLASS {&Type, &id INTEGER UNIQUE, &opt BOOLEAN OPTIONAL}\nS C ::= {{&id 4, &Type A}, ...}\n"
      "X ::= SEQUENCE {i C.&id ({S}), t C.&Type ({S}{@i})}",
      "S C ...: {4 - A} by key 0" },
    { "nested optional groups",
      "C ::= CLASS {&A, &B OPTIONAL, &C OPTIONAL, &id INTEGER UNIQUE, &criticality Criticality DEFAULT notify}\n"
      "WITH SYNTAX {START &A [THEN &B [END-OF &C]] CODE &id [CRITICALITY &criticality]}\n"
      "S C ::= {{START A CODE 1} | {START A THEN NULL CODE 2} | {START A THEN NULL END-OF BOOLEAN CODE 3 CRITICALITY reject}}\n"
      "X ::= SEQUENCE {i C.&id ({S}), t C.&A ({S}{@i})}",
      "S C: {1 - 2 A} {2 - 2 A NULL} {3 - 0 A NULL BOOLEAN} by key 0 1 2" },
    { "commas in a syntax",
      "C ::= CLASS {&id INTEGER UNIQUE, &T} WITH SYNTAX {&T, [NUMBER] &id}\nS C ::= {{A, NUMBER 4} | {NULL, 5}}\n"
      "X ::= SEQUENCE {i C.&id ({S}), t C.&T ({S}{@i})}",
      "S C: {4 - A} {5 - NULL} by key 0 1" },
    { "TYPE-IDENTIFIER",
      "S TYPE-IDENTIFIER ::= {{A IDENTIFIED BY {1 3 6}}}\n"
      "X ::= SEQUENCE {i TYPE-IDENTIFIER.&id ({S}), t TYPE-IDENTIFIER.&Type ({S}{@i})}",
      "S TYPE-IDENTIFIER unkeyed: {0 - A} by key 0" },
    { "a default type",
      "C ::= CLASS {&id INTEGER UNIQUE, &T DEFAULT NULL} WITH SYNTAX {CODE &id [TYPE &T]}\nS C ::= {{CODE 1}}\n"
      "X ::= SEQUENCE {i C.&id ({S}), t C.&T ({S}{@i})}",
      "S C: {1 - NULL} by key 0" },
    { "fields that are objects and sets",
      "ERR ::= CLASS {&code INTEGER UNIQUE} WITH SYNTAX {CODE &code}\nbad ERR ::= {CODE 1}\n"
      "C ::= CLASS {&id INTEGER UNIQUE, &T, &err ERR OPTIONAL, &Errors ERR OPTIONAL, &Sizes INTEGER OPTIONAL, &v &T OPTIONAL}\n"
      "WITH SYNTAX {&T CODE &id [ERROR &err] [ERRORS &Errors] [SIZES &Sizes] [VALUE &v]}\n"
      "S C ::= {{A CODE 1 ERROR bad ERRORS {bad | {CODE 2}, ...} SIZES {1 | 2} VALUE 5}}\n"
      "X ::= SEQUENCE {i C.&id ({S}), t C.&T ({S}{@i})}",
      "S C: {1 - A} by key 0" },
    { "no UNIQUE field of a number",
      "C ::= CLASS {&id CHOICE {local INTEGER, global OBJECT IDENTIFIER}, &T} WITH SYNTAX {ID &id TYPE &T}\n"
      "S C ::= {{ID local : 5 TYPE A}, ...}\nX ::= SEQUENCE {i C.&id ({S}), t C.&T ({S}{@i})}",
      "S C ... unkeyed: {0 - A} by key 0" },
    { "an id that is not UNIQUE",
      "C ::= CLASS {&T, &id INTEGER} WITH SYNTAX {&T BY &id}\nS C ::= {{A BY 4}}\nX ::= SEQUENCE {i C.&id ({S}), t C.&T "
      "({S}{@i})}",
      "S C: {4 - A} by key 0" },
    { "a set with parameters", "X ::= Field {{S {7}}}\nS {INTEGER : key} IES ::= {{ID key TYPE A PRESENCE optional}}",
      "S IES: {7 key 1 A} by key 0" },
    { "an object with parameters",
      "X ::= Field {{S}}\nS IES ::= {make {A, 9}}\n"
      "make {T, INTEGER : n} IES ::= {ID n TYPE T PRESENCE optional}",
      "S IES: {9 n 1 A} by key 0" },
};

static const struct rp_object_set *last_set(const struct rp_type *type)
{
    if (type->element)
        type = type->element->type;
    assert_true(type->n_slots > 0);
    return type->slots[type->n_slots - 1].set;
}

static void object_sets_hold_their_objects(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        struct rp_arena arena = { 0 };
        struct rp_diags diags = { .arena = &arena };
        struct line line = { .len = 0 };
        char *text = rp_arena_printf(&arena, "%s%s\n", support, sets[i].text);
        const struct rp_schema *schema = compile(text, &arena, &diags);
        list_findings(&line, &diags);
        if (schema)
            describe_set(&line, last_set(rp_schema_type(schema, "X")));
        if (strcmp(line.text, sets[i].want) != 0) {
            print_error("%s:\n got  %s\n want %s\n", sets[i].what, line.text, sets[i].want);
            wrong++;
        }
        rp_arena_free(&arena);
    }
    assert_int_equal(wrong, 0);
}

static const struct {
    const char *what, *text, *want;
} types[] = {
    { "slots of a table", "X ::= Field {{Both}}",
      "SEQUENCE {id IE-ID ({Both}.&id), criticality Criticality ({Both}.&criticality @0), value IES.&Value ({Both}.&Value @0)}" },
    { "an open type without a table", "X ::= SEQUENCE {a IES.&Value, b IES.&id}", "SEQUENCE {a IES.&Value, b IE-ID}" },
    { "a constrained field", "X ::= SEQUENCE {b IES.&id (0..9)}", "SEQUENCE {b INTEGER(0..9)}" },
    { "a type from an object", "X ::= SEQUENCE {a one.&Value}", "SEQUENCE {a A}" },
    { "a value from an object", "X ::= INTEGER (0..one.&id)", "INTEGER(0..7)" },
    { "the selecting component elsewhere", "X ::= SEQUENCE {id IE-ID, in SEQUENCE {v IES.&Value ({Both}{@id})}}",
      "SEQUENCE {id IE-ID, in SEQUENCE {v IES.&Value ({Both}.&Value)}}" },
    { "the selecting component behind", "X ::= SEQUENCE {v IES.&Value ({Both}{@id}), ..., ..., id IES.&id ({Both})}",
      "SEQUENCE {v IES.&Value ({Both}.&Value @1), id IE-ID ({Both}.&id), ...}" },
    { "two selecting components: the first", "X ::= SEQUENCE {a IES.&id ({Both}), b Criticality, v IES.&Value ({Both}{@a, @b})}",
      "SEQUENCE {a IE-ID ({Both}.&id), b Criticality, v IES.&Value ({Both}.&Value @0)}" },
    { "within a group", "X ::= SEQUENCE {..., [[ id IES.&id ({Both}), v IES.&Value ({Both}{@id}) ]]}",
      "SEQUENCE {..., [[id IE-ID ({Both}.&id), v IES.&Value ({Both}.&Value @0)]]}" },
    { "in a SET, sorted", "X ::= SET {v [1] IES.&Value ({Both}{@id}), id [0] IES.&id ({Both})}",
      "SET {id IE-ID ({Both}.&id), v IES.&Value ({Both}.&Value @0)}" },
    { "a parameter that is a type", "X ::= Opt {A}\nOpt {T} ::= CHOICE {release NULL, setup T}",
      "CHOICE {release NULL, setup A}" },
    { "parameters of all kinds",
      "X ::= P {A, 3, {1 | 5}, {Both}, one, IES}\n"
      "P {T, INTEGER : n, INTEGER : Values, IES : Set, IES : obj, C} ::= SEQUENCE (SIZE (1..n)) OF "
      "SEQUENCE {t T, v INTEGER (Values), s C.&Value ({Set}), o obj.&Value}",
      "SEQUENCE OF(1..3) SEQUENCE {t A, v INTEGER(1..5)[1..1|5..5], s IES.&Value ({Both}.&Value), o A}" },
    { "parameters handed on",
      "X ::= P {2, {Both}}\nP {INTEGER : n, IES : S} ::= Q {n, {S}}\n"
      "Q {INTEGER : m, IES : T} ::= SEQUENCE (SIZE (0..m)) OF IES.&Value ({T})",
      "SEQUENCE OF(0..2) IES.&Value ({Both}.&Value)" },
    { "a governor that is a parameter", "X ::= P {INTEGER, 5}\nP {T, T : v} ::= SEQUENCE {a T DEFAULT v}",
      "SEQUENCE {a INTEGER DEFAULT v}" },
    { "recursion with parameters", "X ::= P {A}\nP {T} ::= SEQUENCE {t T, more P {T} OPTIONAL}", "SEQUENCE {t A, more? P}" },
    { "recursion with another argument", "X ::= P {A}\nP {T} ::= SEQUENCE {t T, more P {BOOLEAN} OPTIONAL}",
      "SEQUENCE {t A, more? P}" },
};

static void references_into_classes_become_types(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        char text[4000];
        snprintf(text, sizeof text, "%s%s\n", support, types[i].text);
        wrong += expect_type(types[i].what, text, "X", types[i].want);
    }
    assert_int_equal(wrong, 0);
}

static void the_same_arguments_give_one_type(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    char *text =
        rp_arena_printf(&arena,
                        "%sX ::= SEQUENCE {a Container {{Both}}, b Container {{Both}}, c Container {{None}}, d P {A}, e P {A}}\n"
                        "P {T} ::= SEQUENCE {t T, more P {T} OPTIONAL}\n",
                        support);
    const struct rp_schema *schema = compile(text, &arena, &diags);
    assert_non_null(schema);
    const struct rp_slot *slots = rp_schema_type(schema, "X")->slots;
    assert_ptr_equal(slots[0].type, slots[1].type);
    assert_ptr_not_equal(slots[0].type, slots[2].type);
    assert_ptr_equal(slots[3].type, slots[4].type);
    assert_ptr_equal(slots[3].type, slots[3].type->slots[1].type);
    assert_string_equal(slots[0].type->name, "Container");
    rp_arena_free(&arena);
}

/* Lines are counted from the first below `support`. */
static const struct {
    const char *what, *text, *want;
} faults[] = {
    { "a word of the syntax missing", "S IES ::= {{ID 1 A PRESENCE optional}}",
      "1:18: error: syntax error near 'A'; expected 'TYPE' of the syntax of IES" },
    { "a field missing at the end", "S IES ::= {{ID 1 TYPE A PRESENCE}}",
      "1:33: error: syntax error near '}'; expected a value" },
    { "more than the syntax", "S IES ::= {{ID 1 TYPE A PRESENCE optional EXTRA 1}}",
      "1:43: error: syntax error near 'EXTRA'; expected '}': nothing more in the syntax of the class" },
    { "an unknown item", "S IES ::= {{ID 1 CRITICALITY rejekt TYPE A PRESENCE optional}}",
      "1:30: error: unknown item 'rejekt'; did you mean 'reject'?" },
    { "an unknown constant", "S IES ::= {{ID id-C TYPE A PRESENCE optional}}",
      "1:16: error: unknown value 'id-C'; did you mean 'id-A'?" },
    { "an unknown type in an object", "S IES ::= {{ID 1 TYPE Aaaa PRESENCE optional}|{ID 2 TYPE Bbbb PRESENCE optional}}",
      "1:23: error: unknown type 'Aaaa'; module T neither defines nor imports it\n"
      "1:58: error: unknown type 'Bbbb'; module T neither defines nor imports it" },
    { "an unknown set", "X ::= Field {{Boht}}", "1:15: error: unknown object set 'Boht'; did you mean 'Both'?" },
    { "a set of another class", "C ::= CLASS {&id INTEGER UNIQUE}\nS C ::= {...}\nX ::= Field {{S}}",
      "3:15: error: 'S' is a set of class C, not IES" },
    { "a type for a set", "X ::= Field {{A}}", "1:15: error: 'A' is not an object set" },
    { "an unknown field", "X ::= SEQUENCE {a IES.&Valeu}", "1:23: error: class IES has no field &Valeu; did you mean '&Value'?" },
    { "a field twice", "C ::= CLASS {&id INTEGER, &id BOOLEAN}", "1:27: error: field &id is twice in class C" },
    { "a field left out", "C ::= CLASS {&id INTEGER, &T}\nS C ::= {{&id 1}}",
      "2:11: error: this object of class C leaves out &T" },
    { "a set of itself", "S IES ::= {one | R}\nR IES ::= {S}", "1:1: error: 'S' is defined through itself: S -> R -> S" },
    { "an object of itself", "a IES ::= b\nb IES ::= a", "2:11: error: 'a' is defined through itself: a -> b -> a" },
    { "no component beside", "X ::= SEQUENCE {a NULL, v IES.&Value ({Both}{@.id})}",
      "1:48: error: no component 'id' beside 'v'" },
    { "a table behind a plain type", "X ::= SEQUENCE {a INTEGER ({Both})}",
      "1:28: error: a table constraint belongs behind CLASS.&field" },
    { "too few parameters", "P {T, U} ::= SEQUENCE {t T, u U}\nX ::= P {A}", "2:7: error: 'P' has 2 parameters, not 1" },
    { "a fault in a parameterised definition is one fault",
      "P {IES : S} ::= SEQUENCE {v IES.&Valeu ({S})}\nX ::= P {{Both}}\nY ::= P {{None}}",
      "1:33: error: class IES has no field &Valeu; did you mean '&Value'?" },
    { "parameters left out", "X ::= Field", "1:7: error: 'Field' needs its parameters in braces" },
    { "a value for a type", "P {T} ::= SEQUENCE {t T}\nX ::= P {5}",
      "2:10: error: wrong kind of parameter near '5'; expected a type" },
    { "parameters without end", "P {T} ::= SEQUENCE {p P {SEQUENCE {t T}} OPTIONAL}\nX ::= P {A}",
      "1:23: error: 'P' with its parameters goes on without end" },
    { "a class as a type", "X ::= SEQUENCE {a IES}", "1:19: error: 'IES' is a class, not a type" },
};

static void faults_are_named(void **state)
{
    (void)state;
    int wrong = 0;
    unsigned lines = 1;
    for (const char *at = support; *at; at++)
        lines += *at == '\n';
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        char text[4000], want[1000];
        size_t used = 0;
        for (const char *line = faults[i].want; line;) {
            const char *end = strchr(line, '\n');
            int len = end ? (int)(end - line + 1) : (int)strlen(line);
            unsigned number = (unsigned)(line[0] - '0') + lines;
            used += (size_t)snprintf(want + used, sizeof want - used, "t.asn1:%u%.*s", number, len - 1, line + 1);
            line = end ? end + 1 : NULL;
        }
        snprintf(text, sizeof text, "%s%s\n", support, faults[i].text);
        wrong += expect_findings(faults[i].what, text, want);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(object_sets_hold_their_objects),
        cmocka_unit_test(references_into_classes_become_types),
        cmocka_unit_test(the_same_arguments_give_one_type),
        cmocka_unit_test(faults_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
