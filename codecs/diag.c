#include "codecs/diag.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char *const grade_names[] = {
    [RP_SOUND] = "sound",           [RP_NOTE] = "note",
    [RP_CANONICAL] = "canonical",   [RP_PROTOCOL] = "protocol",
    [RP_CONSTRAINT] = "constraint", [RP_TRANSFER] = "transfer-syntax",
};

const char *rp_grade_name(enum rp_grade grade)
{
    return grade_names[grade];
}

static struct rp_diag *new_entry(struct rp_diags *diags)
{
    struct rp_diag *diag = NULL;
    bool kept = diags->count <= (diags->keep ? diags->keep : 100);
    if (kept && diags->arena)
        diag = rp_arena_alloc(diags->arena, sizeof *diag);
    if (!diag) {
        diags->lost |= kept;
        if (diags->first)
            return memset(&diags->scratch, 0, sizeof diags->scratch);
        diag = &diags->last_resort;
    }
    memset(diag, 0, sizeof *diag);
    if (diags->last)
        diags->last->next = diag;
    else
        diags->first = diag;
    return diags->last = diag;
}

struct rp_diag *rp_diag_add(struct rp_diags *diags, enum rp_grade grade, enum rp_err err, const char *format, ...)
{
    diags->count++;
    if (grade > diags->worst)
        diags->worst = grade;
    struct rp_diag *diag = new_entry(diags);
    diag->grade = grade;
    diag->err = err;
    va_list args;
    va_start(args, format);
    vsnprintf(diag->text, sizeof diag->text, format, args);
    va_end(args);
    return diag;
}

void rp_diags_rollback(struct rp_diags *diags, struct rp_diags_mark mark)
{
    if (mark.last)
        mark.last->next = NULL;
    else
        diags->first = NULL;
    diags->last = mark.last;
    diags->count = mark.count;
    diags->worst = mark.worst;
}

void rp_diags_clear(struct rp_diags *diags)
{
    diags->first = diags->last = NULL;
    diags->count = 0;
    diags->worst = RP_SOUND;
    diags->lost = 0;
}

static size_t put(char *out, size_t size, size_t at, const char *format, ...) __attribute__((format(printf, 4, 5)));
static size_t put(char *out, size_t size, size_t at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(out + at, size - at, format, args);
    va_end(args);
    size_t end = at + (n > 0 ? (size_t)n : 0);
    return end < size ? end : size - 1;
}

/* A wrong name, or a value in JSON of another type, stands in no encoding. */
static bool without_bits(const struct rp_diag *diag)
{
    return diag->bit == RP_NO_BIT || (!diag->bit && (diag->err == RP_ENAME || diag->err == RP_ETYPE || diag->err == RP_EIO));
}

size_t rp_diag_format(const struct rp_diag *diag, char *out, size_t size)
{
    size_t at = 0;
    if (!size)
        return 0;
    out[0] = '\0';
    if (diag->file && !diag->line)
        at = put(out, size, at, "%s: ", diag->file);
    else if (diag->file)
        at = put(out, size, at, "%s:%u:%u: ", diag->file, diag->line, diag->column);
    else if (diag->line)
        at = put(out, size, at, "%u:%u: ", diag->line, diag->column);
    bool named = without_bits(diag);
    at = put(out, size, at, "%s: ", named || (diag->file && diag->grade != RP_NOTE) ? "error" : grade_names[diag->grade]);
    if (named && diag->path[0] && !diag->file)
        at = put(out, size, at, "%s: ", diag->path);
    else if (!named && !diag->line && !diag->file)
        at = put(out, size, at, "bit %u%s%s: ", diag->bit, diag->path[0] ? " " : "", diag->path);
    at = put(out, size, at, "%s", diag->text);
    if (diag->expected[0])
        at = put(out, size, at, "; expected %s", diag->expected);
    if (diag->seen[0])
        at = put(out, size, at, ", seen %s", diag->seen);
    if (diag->clause)
        at = put(out, size, at, " [%s]", diag->clause);
    return at;
}
