/** The type tables: what the ASN.1 compiler makes and every other part interprets. Constant once made.
 *
 *  Everything that can hold a value is a *slot*: a component of a SEQUENCE or SET, an alternative of a CHOICE, the
 *  element of a list, the type that an object set gives to an open type, or a type standing alone. A slot names its type. */
#ifndef RP_TYPE_H
#define RP_TYPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum rp_kind {
    RP_BOOLEAN,
    RP_NULL,
    RP_INTEGER,
    RP_ENUMERATED,
    RP_REAL,
    RP_OBJECT_IDENTIFIER,
    RP_RELATIVE_OID,
    RP_BIT_STRING,
    RP_OCTET_STRING,
    RP_CHAR_STRING, /* known-multiplier: Printable, Visible, ISO646, IA5, Numeric, BMP, Universal */
    RP_OCTET_TEXT,  /* other strings, coded as octets: UTF8, Teletex, T61, Videotex, Graphic, General, ObjectDescriptor */
    RP_TIME,        /* UTCTime, GeneralizedTime: VisibleString in PER */
    RP_SEQUENCE,
    RP_SET,
    RP_SEQUENCE_OF,
    RP_SET_OF,
    RP_CHOICE,
    RP_OPEN,    /* open type: the slot says which object set and which component select the type */
    RP_UNKNOWN, /* octets of an addition, alternative or IE that this edition does not have */
    RP_KINDS
};

struct rp_type;
struct rp_object_set;

enum rp_presence { RP_MANDATORY, RP_OPTIONAL, RP_DEFAULT };

/** A place for a value. */
struct rp_slot {
    const struct rp_type *type;
    const char *name;   /* component or alternative identifier; for an object's type the type's name; NULL: list element, root */
    uint16_t index;     /* position in the parent's `slots` */
    uint8_t presence;   /* enum rp_presence */
    bool group;         /* an additions group [[ ]]: `type` is a SEQUENCE whose members stand in the parent */
    int16_t at;         /* table constraint {Set}{@at}: index in the parent's slots of the selecting component; -1 = none */
    uint16_t set_field; /* which class field of `set` this slot's type or value comes from */
    const struct rp_object_set *set; /* table constraint; NULL = none */
    const struct rp_default *dflt;   /* RP_DEFAULT: the value */
};

/** A DEFAULT value: int64 for BOOLEAN, INTEGER, ENUMERATED (item index, see rp_type.items); octets for strings (len in
 *  octets, bits or characters as in rp_node); real. `plain` false: a value of a composite type, which encoders always send. */
struct rp_default {
    bool plain;
    int64_t integer;
    double real;
    const uint8_t *octets;
    uint32_t len;
    const char *text; /* as written in the module */
};

/** One root range of a constraint, bounds included. */
struct rp_range {
    int64_t lo, hi;
};

/** ENUMERATED item or named number or named bit. */
struct rp_item {
    const char *name;
    int64_t number;
};

/** Effective permitted alphabet of a known-multiplier string, code points in rising order. */
struct rp_alphabet {
    uint32_t n;
    const uint32_t *chars;
};

/** What PER does with a type in one of its variants; filled by rp_per_layout. Private to codecs/per. */
struct rp_per {
    uint8_t op;    /* which decoder and encoder */
    uint8_t width; /* bits of a fixed-width field, or of a length or index field */
    uint8_t char_bits;
    uint8_t flags;
    uint16_t tail; /* SEQUENCE: behind the last mandatory root component */
    const struct rp_flat *flat;
};

struct rp_type {
    struct rp_per per[2]; /* [0] UNALIGNED, [1] ALIGNED */
    uint8_t kind;         /* enum rp_kind */
    bool extensible;      /* SEQUENCE, SET, CHOICE, ENUMERATED: `...` in it; INTEGER, strings, lists: in the constraint */
    bool has_lo, has_hi;  /* INTEGER: bounds of the value; strings, lists: of the size. Absent lo of a size is 0 */
    bool exact;           /* the PER-visible constraint is all there is; false: check `ranges` as well */
    uint8_t char_octets;  /* RP_CHAR_STRING: 1, BMPString 2, UniversalString 4 (as stored in a node) */
    uint16_t n_slots;     /* SEQUENCE, SET, CHOICE: root first, in PER order, then additions in textual order */
    uint16_t n_root;
    uint16_t n_optional; /* SEQUENCE, SET: root components that are OPTIONAL or DEFAULT */
    bool hi_u64;         /* INTEGER: the upper bound is above 2^63-1 and `hi` holds the bits of a uint64_t */
    int64_t lo, hi;      /* PER-visible root bounds */
    const struct rp_slot *slots;
    const struct rp_slot *element; /* SEQUENCE OF, SET OF */
    const struct rp_item *items;   /* ENUMERATED: root by rising number, then additions in textual order;
                                      INTEGER: named numbers; BIT STRING: named bits */
    uint32_t n_items, n_root_items;
    const struct rp_range *ranges; /* INTEGER values or sizes allowed in the root, rising; NULL: lo..hi is exact */
    uint32_t n_ranges;
    const struct rp_alphabet *alphabet; /* PER-visible, NULL: all of the type's */
    const struct rp_alphabet *checked;  /* permitted alphabet that PER does not see (extensible), for checking; may be NULL */
    const uint64_t *char_map; /* RP_CHAR_STRING, RP_TIME of one-octet characters: bit map of the 256, made by the PER layout */
    const struct rp_type *contents; /* CONTAINING: the type inside a BIT STRING or OCTET STRING, or NULL */
    const char *name;               /* "RANfunction-Item"; NULL: anonymous */
    const char *keyword;            /* "PrintableString", "SEQUENCE OF", "INTEGER" ... as an ASN.1 reader would call it */
    const char *module;             /* defining module's name */
    const char *file;               /* and where it stands there */
    uint32_t line;
    struct rp_slot self; /* the type standing alone: {.type = this} */
};

/** One object of an object set. */
struct rp_object {
    int64_t key;                          /* value of the class's UNIQUE field, when that is an INTEGER or ENUMERATED */
    const char *key_name;                 /* value reference it was written with ("id-Cause"), or NULL */
    bool mandatory;                       /* the class has a &presence field and its value here is `mandatory` */
    bool has_criticality;                 /* the class has a &criticality field with a value here */
    uint8_t criticality;                  /* its item index: reject 0, ignore 1, notify 2 */
    const struct rp_object_field *fields; /* by class field index */
};

/** What an object gives for one class field. */
struct rp_object_field {
    bool set;            /* false: the object leaves this OPTIONAL field out */
    int64_t value;       /* fixed-type value field: INTEGER, BOOLEAN, or item index of an ENUMERATED */
    struct rp_slot slot; /* type field: name = the type's name, type = the type; else type NULL */
};

/** Field of an information object class. */
struct rp_class_field {
    const char *name; /* without the ampersand */
    bool is_type;
    bool unique;
    const struct rp_type *type; /* of a fixed-type value field */
};

struct rp_object_set {
    const char *name; /* "E2setupRequest-IEs" */
    const char *class_name;
    bool extensible;
    bool keyed; /* false: the class's UNIQUE field is not an integer; nothing is ever found */
    uint16_t n_fields;
    uint16_t key_field; /* class field index of the UNIQUE field */
    uint32_t n_objects;
    const struct rp_class_field *fields;
    const struct rp_object *objects; /* in textual order, unions in place */
    const uint16_t *by_key;          /* n_objects indexes into `objects`, by rising key */
};

/** @return the object with this key, or NULL. With the same key twice, the first. */
const struct rp_object *rp_object_set_find(const struct rp_object_set *set, int64_t key);

/** @return the index in `items` of the item so named (root or addition), or -1. */
int64_t rp_type_item(const struct rp_type *type, const char *name);

/** @return the component or alternative so named, members of [[ ]] groups included, or NULL. */
const struct rp_slot *rp_type_slot(const struct rp_type *type, const char *name);

/** "INTEGER", "SEQUENCE OF" ... of a kind, for messages. */
const char *rp_kind_name(enum rp_kind kind);

#endif
