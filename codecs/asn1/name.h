/** Interned names: one struct for each spelling, so that names compare by address. */
#ifndef RP_ASN1_NAME_H
#define RP_ASN1_NAME_H

#include <stddef.h>
#include <stdint.h>

#include "codecs/arena.h"

/** Reserved words that the grammar gives a meaning (X.680 (02/2021) clause 12). */
enum rp_keyword {
    K_NONE,
    K_ABSENT,
    K_ALL,
    K_ANY,
    K_APPLICATION,
    K_AUTOMATIC,
    K_BEGIN,
    K_BIT,
    K_BMPString,
    K_BOOLEAN,
    K_BY,
    K_CHARACTER,
    K_CHOICE,
    K_CLASS,
    K_COMPONENT,
    K_COMPONENTS,
    K_CONSTRAINED,
    K_CONTAINING,
    K_DEFAULT,
    K_DEFINITIONS,
    K_EMBEDDED,
    K_ENCODED,
    K_END,
    K_ENUMERATED,
    K_EXCEPT,
    K_EXPLICIT,
    K_EXPORTS,
    K_EXTENSIBILITY,
    K_EXTERNAL,
    K_FALSE,
    K_FROM,
    K_GeneralizedTime,
    K_GeneralString,
    K_GraphicString,
    K_IA5String,
    K_IDENTIFIER,
    K_IMPLICIT,
    K_IMPLIED,
    K_IMPORTS,
    K_INCLUDES,
    K_INSTANCE,
    K_INTEGER,
    K_INTERSECTION,
    K_ISO646String,
    K_MAX,
    K_MIN,
    K_MINUS_INFINITY,
    K_NOT_A_NUMBER,
    K_NULL,
    K_NumericString,
    K_OBJECT,
    K_ObjectDescriptor,
    K_OCTET,
    K_OF,
    K_OPTIONAL,
    K_PATTERN,
    K_PDV,
    K_PLUS_INFINITY,
    K_PRESENT,
    K_PrintableString,
    K_PRIVATE,
    K_REAL,
    K_RELATIVE_OID,
    K_SEQUENCE,
    K_SET,
    K_SIZE,
    K_STRING,
    K_SYNTAX,
    K_T61String,
    K_TAGS,
    K_TeletexString,
    K_TRUE,
    K_UNION,
    K_UNIQUE,
    K_UNIVERSAL,
    K_UniversalString,
    K_UTCTime,
    K_UTF8String,
    K_VideotexString,
    K_VisibleString,
    K_WITH,
    RP_KEYWORDS
};

/** One spelling. */
struct rp_name {
    const char *text; /* ends with NUL; owned by the arena of the table */
    uint32_t len, hash;
    uint32_t stamp;  /* of the list that it was last seen in, to find duplicates */
    uint8_t keyword; /* enum rp_keyword */
};

/** All names met so far. Zero-initialise, set the arenas, call rp_names_init. */
struct rp_names {
    struct rp_arena *arena;   /* owner of the spellings, which the schema keeps */
    struct rp_arena *scratch; /* of the hash table, which it does not */
    struct rp_name **slots;
    size_t n, cap;
};

/** Enters the reserved words. @return 0 when the arena refuses */
int rp_names_init(struct rp_names *names);

/** @return the one struct for this spelling; NULL when the arena refuses */
struct rp_name *rp_names_intern(struct rp_names *names, const char *text, size_t len);

/** "SEQUENCE" for K_SEQUENCE; "" for K_NONE. */
const char *rp_keyword_text(enum rp_keyword keyword);

#endif
