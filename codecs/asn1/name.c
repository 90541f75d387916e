#include "codecs/asn1/name.h"

#include <string.h>

static const char *const keywords[RP_KEYWORDS] = {
    [K_NONE] = "",
    [K_ABSENT] = "ABSENT",
    [K_ALL] = "ALL",
    [K_ANY] = "ANY",
    [K_APPLICATION] = "APPLICATION",
    [K_AUTOMATIC] = "AUTOMATIC",
    [K_BEGIN] = "BEGIN",
    [K_BIT] = "BIT",
    [K_BMPString] = "BMPString",
    [K_BOOLEAN] = "BOOLEAN",
    [K_BY] = "BY",
    [K_CHARACTER] = "CHARACTER",
    [K_CHOICE] = "CHOICE",
    [K_CLASS] = "CLASS",
    [K_COMPONENT] = "COMPONENT",
    [K_COMPONENTS] = "COMPONENTS",
    [K_CONSTRAINED] = "CONSTRAINED",
    [K_CONTAINING] = "CONTAINING",
    [K_DEFAULT] = "DEFAULT",
    [K_DEFINITIONS] = "DEFINITIONS",
    [K_EMBEDDED] = "EMBEDDED",
    [K_ENCODED] = "ENCODED",
    [K_END] = "END",
    [K_ENUMERATED] = "ENUMERATED",
    [K_EXCEPT] = "EXCEPT",
    [K_EXPLICIT] = "EXPLICIT",
    [K_EXPORTS] = "EXPORTS",
    [K_EXTENSIBILITY] = "EXTENSIBILITY",
    [K_EXTERNAL] = "EXTERNAL",
    [K_FALSE] = "FALSE",
    [K_FROM] = "FROM",
    [K_GeneralizedTime] = "GeneralizedTime",
    [K_GeneralString] = "GeneralString",
    [K_GraphicString] = "GraphicString",
    [K_IA5String] = "IA5String",
    [K_IDENTIFIER] = "IDENTIFIER",
    [K_IMPLICIT] = "IMPLICIT",
    [K_IMPLIED] = "IMPLIED",
    [K_IMPORTS] = "IMPORTS",
    [K_INCLUDES] = "INCLUDES",
    [K_INSTANCE] = "INSTANCE",
    [K_INTEGER] = "INTEGER",
    [K_INTERSECTION] = "INTERSECTION",
    [K_ISO646String] = "ISO646String",
    [K_MAX] = "MAX",
    [K_MIN] = "MIN",
    [K_MINUS_INFINITY] = "MINUS-INFINITY",
    [K_NOT_A_NUMBER] = "NOT-A-NUMBER",
    [K_NULL] = "NULL",
    [K_NumericString] = "NumericString",
    [K_OBJECT] = "OBJECT",
    [K_ObjectDescriptor] = "ObjectDescriptor",
    [K_OCTET] = "OCTET",
    [K_OF] = "OF",
    [K_OPTIONAL] = "OPTIONAL",
    [K_PATTERN] = "PATTERN",
    [K_PDV] = "PDV",
    [K_PLUS_INFINITY] = "PLUS-INFINITY",
    [K_PRESENT] = "PRESENT",
    [K_PrintableString] = "PrintableString",
    [K_PRIVATE] = "PRIVATE",
    [K_REAL] = "REAL",
    [K_RELATIVE_OID] = "RELATIVE-OID",
    [K_SEQUENCE] = "SEQUENCE",
    [K_SET] = "SET",
    [K_SIZE] = "SIZE",
    [K_STRING] = "STRING",
    [K_SYNTAX] = "SYNTAX",
    [K_T61String] = "T61String",
    [K_TAGS] = "TAGS",
    [K_TeletexString] = "TeletexString",
    [K_TRUE] = "TRUE",
    [K_UNION] = "UNION",
    [K_UNIQUE] = "UNIQUE",
    [K_UNIVERSAL] = "UNIVERSAL",
    [K_UniversalString] = "UniversalString",
    [K_UTCTime] = "UTCTime",
    [K_UTF8String] = "UTF8String",
    [K_VideotexString] = "VideotexString",
    [K_VisibleString] = "VisibleString",
    [K_WITH] = "WITH",
};

enum { FIRST_CAP = 4096 }; /* a power of two; E2AP has some 2000 names */

const char *rp_keyword_text(enum rp_keyword keyword)
{
    return keywords[keyword];
}

/* Eight octets at a time: the names are half of the text. */
static uint32_t hash_of(const char *text, size_t len)
{
    uint64_t hash = len * 0x9E3779B97F4A7C15u, word = 0;
    for (; len >= sizeof word; text += sizeof word, len -= sizeof word) {
        memcpy(&word, text, sizeof word);
        hash = (hash ^ word) * 0xC2B2AE3D27D4EB4Fu;
        hash ^= hash >> 29;
    }
    word = 0;
    memcpy(&word, text, len);
    hash = (hash ^ word) * 0xC2B2AE3D27D4EB4Fu;
    return (uint32_t)(hash >> 32 ^ hash >> 17);
}

static int grow(struct rp_names *names)
{
    size_t cap = names->cap ? 2 * names->cap : FIRST_CAP;
    struct rp_name **slots = rp_arena_calloc(names->scratch, cap, sizeof *slots);
    if (!slots)
        return 0;
    for (size_t i = 0; i < names->cap; i++) {
        struct rp_name *name = names->slots[i];
        size_t at = name ? name->hash & (cap - 1) : 0;
        while (name && slots[at])
            at = (at + 1) & (cap - 1);
        if (name)
            slots[at] = name;
    }
    names->slots = slots;
    names->cap = cap;
    return 1;
}

static struct rp_name *enter(struct rp_names *names, const char *text, size_t len)
{
    if (names->n >= names->cap / 2 && !grow(names))
        return NULL;
    uint32_t hash = hash_of(text, len);
    size_t at = hash & (names->cap - 1);
    for (; names->slots[at]; at = (at + 1) & (names->cap - 1)) {
        struct rp_name *name = names->slots[at];
        if (name->hash == hash && name->len == len && memcmp(name->text, text, len) == 0)
            return name;
    }
    struct rp_name *name = rp_arena_alloc(names->arena, sizeof *name + len + 1);
    if (!name)
        return NULL;
    char *copy = (char *)(name + 1);
    memcpy(copy, text, len);
    copy[len] = '\0';
    *name = (struct rp_name){ .text = copy, .len = (uint32_t)len, .hash = hash };
    names->n++;
    return names->slots[at] = name;
}

struct rp_name *rp_names_intern(struct rp_names *names, const char *text, size_t len)
{
    return enter(names, text, len);
}

int rp_names_init(struct rp_names *names)
{
    for (enum rp_keyword keyword = K_NONE + 1; keyword < RP_KEYWORDS; keyword++) {
        struct rp_name *name = enter(names, keywords[keyword], strlen(keywords[keyword]));
        if (!name)
            return 0;
        name->keyword = (uint8_t)keyword;
    }
    return 1;
}
