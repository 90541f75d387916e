/** Diagnostics: why a message, a schema, a capture or a script was refused or remarked on. */
#ifndef RP_DIAG_H
#define RP_DIAG_H

#include <stdint.h>

#include "codecs/arena.h"

/** How bad it is, in rising order; a list's grade is its worst entry. */
enum rp_grade {
    RP_SOUND,      /* nothing to say */
    RP_NOTE,       /* well-formed, but beyond this edition: an unknown extension or IE, kept with its octets */
    RP_CANONICAL,  /* readable, but not the encoding that canonical PER gives */
    RP_PROTOCOL,   /* a mandatory IE missing, out of order or repeated, a criticality wrong, an unknown IE marked reject */
    RP_CONSTRAINT, /* read, but the value is outside its type */
    RP_TRANSFER    /* the bits can't be read: decoding stopped here */
};

enum rp_err {
    RP_OK,
    RP_EEND,      /* the octets end too early */
    RP_ESYNTAX,   /* transfer syntax, or the grammar of a text */
    RP_ERANGE,    /* value outside its constraint */
    RP_ESIZE,     /* size outside its constraint */
    RP_EALPHABET, /* character outside its type's alphabet */
    RP_ETABLE,    /* a table constraint is broken: criticality, or a type that the id does not have */
    RP_EMISSING,  /* mandatory component or IE not there */
    RP_EORDER,    /* IE out of order */
    RP_EREPEAT,   /* IE more than once */
    RP_EUNKNOWN,  /* unknown IE, addition, alternative or enumerator */
    RP_EFORM,     /* not the canonical form */
    RP_ETRAILING, /* octets after the value */
    RP_EDEPTH,    /* nested deeper than the limit */
    RP_ENOMEM,    /* the arena's limit, or no memory */
    RP_ENAME,     /* unknown name in JSON, a path or a text */
    RP_ETYPE,     /* a value of another type than the schema wants */
    RP_EIO        /* reading or writing failed */
};

#define RP_NO_BIT UINT32_MAX

enum { RP_PATH_MAX = 192, RP_DIAG_MAX = 200 };

/** One finding. Unused text fields are "". Bit and path say where in a message; file, line and column where in a text. */
struct rp_diag {
    struct rp_diag *next;
    enum rp_grade grade;
    enum rp_err err;
    uint32_t bit;           /* offset from the first bit of the PDU; RP_NO_BIT: of a value that has no encoding yet */
    uint32_t line, column;  /* from 1; 0 = not a text */
    const char *file;       /* of a text, or NULL; not owned */
    const char *clause;     /* "X.691 (02/2021) 11.9.3.6"; static or of the schema; NULL if none */
    char path[RP_PATH_MAX]; /* "E2setupRequest.RANfunctionsAdded[2].ranFunctionID"; cut with "..." in front if too long */
    char expected[120];     /* "0..4095" */
    char seen[120];         /* "5000" */
    char text[RP_DIAG_MAX]; /* the sentence: "5000 is above the upper bound 4095" */
};

/** A list of findings in order of appearance. Zero-initialise and set `arena`. At most `keep` entries are kept (0 = 100);
 *  `count` and `worst` go on counting. When the arena refuses, `lost` is set and the first entry goes into `last_resort`. */
struct rp_diags {
    struct rp_arena *arena;
    uint32_t keep;
    struct rp_diag *first, *last;
    uint32_t count;
    enum rp_grade worst;
    int lost;
    struct rp_diag last_resort, scratch;
};

/** Appends a finding and sets its text, grade and err; the caller fills what else it knows (bit, path, clause ...).
 *  @return the entry, owned by the list's arena; never NULL (past `keep` a scratch entry that is not in the list) */
struct rp_diag *rp_diag_add(struct rp_diags *diags, enum rp_grade grade, enum rp_err err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/** A place in a list, to which it can be taken back. */
struct rp_diags_mark {
    struct rp_diag *last;
    uint32_t count;
    enum rp_grade worst;
};

static inline struct rp_diags_mark rp_diags_mark(const struct rp_diags *diags)
{
    return (struct rp_diags_mark){ diags->last, diags->count, diags->worst };
}

/** Forgets what was added after the mark. */
void rp_diags_rollback(struct rp_diags *diags, struct rp_diags_mark mark);

/** Empties the list (its arena is about to be reset). */
void rp_diags_clear(struct rp_diags *diags);

/** "transfer-syntax", "constraint", "protocol", "canonical", "note", "sound". */
const char *rp_grade_name(enum rp_grade grade);

/** One line (no newline): where, clause, text, expected, seen; the form that every command prints.
 *  @return characters written, cut at size - 1 */
size_t rp_diag_format(const struct rp_diag *diag, char *out, size_t size);

#endif
