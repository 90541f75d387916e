#include "codecs/asn1/registry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codecs/asn1/front.h"
#include "codecs/embedded.h"
#include "codecs/suggest.h"

/* A text of modules: shipped, or added at run time. */
struct file {
    struct rp_source source;
    struct rp_scan scan;
    bool added, scanned;
};

struct set {
    const char *name;
    size_t *files; /* indexes; of an added file itself, the rest being found when it is compiled */
    size_t n_files;
    bool added;
    struct rp_arena arena;
    const struct rp_schema *schema; /* NULL: not compiled yet */
    const struct rp_schema *markers_last;
    bool markers_tried;
};

struct rp_registry {
    struct rp_arena arena;
    struct file *files;
    size_t n_files, cap_files;
    struct set **sets; /* sorted by name */
    const char **names;
    size_t n_sets, cap_sets;
};

enum { MOST_SOURCES = 64, LINE = 512 };

static int compare_names(const void *a, const void *b)
{
    return strcmp((*(const struct set *const *)a)->name, (*(const struct set *const *)b)->name);
}

static bool list_names(struct rp_registry *r)
{
    qsort(r->sets, r->n_sets, sizeof(struct set *), compare_names);
    r->names = rp_arena_alloc(&r->arena, (r->n_sets + 1) * sizeof(char *));
    for (size_t i = 0; i < r->n_sets && r->names; i++)
        r->names[i] = r->sets[i]->name;
    return r->names != NULL;
}

static struct set *find_set(const struct rp_registry *r, const char *name)
{
    for (size_t i = 0; i < r->n_sets; i++)
        if (strcmp(r->sets[i]->name, name) == 0)
            return r->sets[i];
    return NULL;
}

static struct file *add_file(struct rp_registry *r, struct rp_source source)
{
    if (r->n_files == r->cap_files) {
        size_t cap = r->cap_files ? 2 * r->cap_files : 32;
        struct file *files = rp_arena_grow(&r->arena, r->files, r->cap_files * sizeof *files, cap * sizeof *files);
        if (!files)
            return NULL;
        r->files = files;
        r->cap_files = cap;
    }
    r->files[r->n_files] = (struct file){ .source = source };
    return &r->files[r->n_files++];
}

static struct set *add_set(struct rp_registry *r, const char *name, size_t len)
{
    struct set *set = rp_arena_calloc(&r->arena, 1, sizeof *set);
    if (!set || !(set->name = rp_arena_strndup(&r->arena, name, len)))
        return NULL;
    if (r->n_sets == r->cap_sets) {
        size_t cap = r->cap_sets ? 2 * r->cap_sets : 32, size = sizeof(struct set *);
        struct set **sets = rp_arena_grow(&r->arena, r->sets, r->cap_sets * size, cap * size);
        if (!sets)
            return NULL;
        r->sets = sets;
        r->cap_sets = cap;
    }
    return r->sets[r->n_sets++] = set;
}

static bool give_file(struct rp_registry *r, struct set *set, size_t index)
{
    size_t size = sizeof *set->files;
    size_t *files = rp_arena_grow(&r->arena, set->files, set->n_files * size, (set->n_files + 1) * size);
    if (!files)
        return false;
    set->files = files;
    files[set->n_files++] = index;
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* "name: file file" of the list of sets; # starts a comment. */
static bool read_set(struct rp_registry *r, const char *line, const char *end)
{
    const char *hash = memchr(line, '#', (size_t)(end - line)), *colon;
    end = hash ? hash : end;
    while (line < end && is_blank(*line))
        line++;
    colon = memchr(line, ':', (size_t)(end - line));
    if (!colon)
        return true;
    struct set *set = add_set(r, line, (size_t)(colon - line));
    for (const char *at = colon + 1; set && at < end;) {
        const char *word = at;
        while (at < end && !is_blank(*at))
            at++;
        for (size_t i = 0; i < r->n_files && at > word; i++) {
            const char *path = r->files[i].source.file;
            bool named = strlen(path) == (size_t)(at - word) && memcmp(path, word, (size_t)(at - word)) == 0;
            if (named && !give_file(r, set, i))
                return false;
        }
        at += at < end;
    }
    return set != NULL;
}

static bool read_shipped(struct rp_registry *r)
{
    const struct rp_embedded *list = NULL;
    for (const struct rp_embedded *file = rp_embedded_modules; file->path; file++) {
        struct rp_source source = { file->path, file->start, (size_t)(file->end - file->start) };
        if (strcmp(file->path, "sets") == 0)
            list = file;
        else if (!add_file(r, source))
            return false;
    }
    for (const char *line = list ? list->start : NULL; line && line < list->end;) {
        const char *end = memchr(line, '\n', (size_t)(list->end - line));
        end = end ? end : list->end;
        if (!read_set(r, line, end))
            return false;
        line = end + 1;
    }
    return list_names(r);
}

struct rp_registry *rp_registry_new(void)
{
    struct rp_arena arena = { 0 };
    struct rp_registry *r = rp_arena_calloc(&arena, 1, sizeof *r);
    if (!r)
        return NULL;
    r->arena = arena;
    if (read_shipped(r))
        return r;
    rp_registry_free(r);
    return NULL;
}

void rp_registry_free(struct rp_registry *registry)
{
    if (!registry)
        return;
    for (size_t i = 0; i < registry->n_sets; i++)
        rp_arena_free(&registry->sets[i]->arena);
    struct rp_arena arena = registry->arena; /* the registry lies in it */
    rp_arena_free(&arena);
}

static bool scan(struct rp_registry *r, struct file *file, struct rp_diags *diags)
{
    if (!file->scanned)
        file->scanned = rp_front_scan(&file->source, &r->arena, diags, &file->scan);
    return file->scanned;
}

static bool has_module(const struct file *file, const char *name, const char *oid)
{
    for (size_t i = 0; i < file->scan.n_modules && file->scanned; i++)
        if (strcmp(file->scan.modules[i].name, name) == 0 && (!oid || strcmp(file->scan.modules[i].oid, oid) == 0))
            return true;
    return false;
}

/* The files of a set in the making, those that go first in front. */
struct sources {
    size_t files[MOST_SOURCES];
    size_t n;
};

static bool holds_module(const struct rp_registry *r, const struct sources *sources, const char *name)
{
    for (size_t i = 0; i < sources->n; i++)
        if (has_module(&r->files[sources->files[i]], name, NULL))
            return true;
    return false;
}

static bool holds_file(const struct sources *sources, size_t index)
{
    for (size_t i = 0; i < sources->n; i++)
        if (sources->files[i] == index)
            return true;
    return false;
}

static bool put_source(struct sources *sources, size_t index, struct rp_diags *diags)
{
    if (holds_file(sources, index))
        return true;
    if (sources->n == MOST_SOURCES) {
        rp_diag_add(diags, RP_TRANSFER, RP_ESIZE, "more than %d files in one set", MOST_SOURCES);
        return false;
    }
    sources->files[sources->n++] = index;
    return true;
}

/* The file with a module: of the added ones the latest, else of the shipped ones the newest edition; one with the same object
 * identifier goes first. @return n_files when there is none */
static size_t file_with(struct rp_registry *r, const char *name, const char *oid)
{
    for (int added = 1; added >= 0; added--) {
        for (int exact = oid[0] ? 1 : 0; exact >= 0; exact--) {
            for (size_t i = r->n_files; i-- > 0;) {
                struct rp_diags quiet = { .arena = &r->arena };
                if (r->files[i].added == added && scan(r, &r->files[i], &quiet) &&
                    has_module(&r->files[i], name, exact ? oid : NULL))
                    return i;
            }
        }
    }
    return r->n_files;
}

/* Adds the files that the files so far import from, until there is no more to add. */
static bool close_imports(struct rp_registry *r, struct sources *sources, struct rp_diags *diags)
{
    for (size_t i = 0; i < sources->n; i++) {
        if (!scan(r, &r->files[sources->files[i]], diags))
            return false;
        const struct rp_scan *texts = &r->files[sources->files[i]].scan;
        for (size_t m = 0; m < texts->n_modules; m++) {
            for (size_t k = 0; k < texts->modules[m].n_imports; k++) {
                const char *name = texts->modules[m].imports[k];
                size_t from = holds_module(r, sources, name) ? r->n_files : file_with(r, name, texts->modules[m].import_oids[k]);
                if (from < r->n_files && !put_source(sources, from, diags))
                    return false;
            }
        }
    }
    return true;
}

/* Whether an added file has a module that a shipped one has, too, with the same object identifier. */
static bool replaces(const struct file *added, const struct file *shipped)
{
    for (size_t i = 0; i < shipped->scan.n_modules; i++)
        if (has_module(added, shipped->scan.modules[i].name, shipped->scan.modules[i].oid))
            return true;
    return false;
}

/* "dir/e2sm-foo.asn1" -> "e2sm-foo" */
static const char *set_name(const char *file, size_t *len)
{
    const char *slash = strrchr(file, '/'), *base = slash ? slash + 1 : file, *dot = strrchr(base, '.');
    *len = dot && dot > base ? (size_t)(dot - base) : strlen(base);
    return base;
}

/* "e2sm-kpm-" of "e2sm-kpm-03.00" */
static size_t family_len(const char *set)
{
    const char *dash = strrchr(set, '-');
    return dash && dash[1] >= '0' && dash[1] <= '9' ? (size_t)(dash - set) + 1 : 0;
}

/* Whether an added file is an edition of its own beside a shipped set: by its name, or because it needs no other file. Editions
 * share object identifiers (E2AP has the same from 02.00 on), so those can't tell. */
static bool is_other_edition(const struct file *added, const char *shipped)
{
    size_t len, family = family_len(shipped);
    if (family && !strncmp(set_name(added->source.file, &len), shipped, family))
        return true;
    for (size_t m = 0; m < added->scan.n_modules; m++)
        for (size_t k = 0; k < added->scan.modules[m].n_imports; k++)
            if (!has_module(added, added->scan.modules[m].imports[k], NULL))
                return false;
    return added->scan.n_modules > 1;
}

static bool gather(struct rp_registry *r, const struct set *set, struct sources *sources, struct rp_diags *diags)
{
    bool any_added = false;
    for (size_t i = 0; i < r->n_files; i++) {
        any_added |= r->files[i].added;
        for (size_t k = 0; k < set->n_files && r->files[i].added && !set->added; k++) {
            struct file *shipped = &r->files[set->files[k]];
            if (scan(r, shipped, diags) && replaces(&r->files[i], shipped) && !is_other_edition(&r->files[i], set->name) &&
                !put_source(sources, i, diags))
                return false;
        }
    }
    bool replaced = sources->n > 0;
    for (size_t i = 0; i < set->n_files; i++)
        if (!put_source(sources, set->files[i], diags))
            return false;
    return !any_added || (!replaced && !set->added) || close_imports(r, sources, diags);
}

static const struct rp_schema *compile(struct rp_registry *r, struct set *set, enum rp_front_mode mode, struct rp_diags *diags)
{
    struct sources files = { .n = 0 };
    struct rp_source texts[MOST_SOURCES];
    if (!gather(r, set, &files, diags))
        return NULL;
    for (size_t i = 0; i < files.n; i++)
        texts[i] = r->files[files.files[i]].source;
    return rp_front_compile(set->name, texts, files.n, mode, &set->arena, diags);
}

static bool enter_added(struct rp_registry *r, const char *file)
{
    char name[LINE];
    size_t len;
    const char *start = set_name(file, &len);
    snprintf(name, sizeof name, "%.*s", (int)len, start);
    struct set *set = find_set(r, name);
    if (!set)
        set = add_set(r, name, strlen(name));
    if (!set)
        return false;
    set->n_files = 0;
    set->files = NULL;
    set->added = true;
    for (size_t i = 0; i < r->n_sets; i++) /* any set may have a module replaced, or import from this file */
    {
        r->sets[i]->schema = r->sets[i]->markers_last = NULL;
        r->sets[i]->markers_tried = false;
    }
    return give_file(r, set, r->n_files - 1) && list_names(r);
}

bool rp_registry_add(struct rp_registry *registry, const char *file, const char *text, size_t len, struct rp_diags *diags)
{
    struct rp_arena *arena = &registry->arena;
    struct rp_source source = { rp_arena_strndup(arena, file, strlen(file)), rp_arena_strndup(arena, text, len), len };
    struct file *entry = source.file && source.text ? add_file(registry, source) : NULL;
    if (!entry) {
        rp_diag_add(diags, RP_TRANSFER, RP_ENOMEM, "no memory to read %s", file);
        return false;
    }
    entry->added = true;
    if (!scan(registry, entry, diags)) {
        registry->n_files--;
        return false;
    }
    if (enter_added(registry, source.file))
        return true;
    rp_diag_add(diags, RP_TRANSFER, RP_ENOMEM, "no memory to read %s", file);
    return false;
}

const char *const *rp_registry_names(struct rp_registry *registry, size_t *n)
{
    *n = registry->n_sets;
    return registry->names;
}

/* A set by the name of a module in an added file. */
static struct set *set_with_module(const struct rp_registry *r, const char *module)
{
    for (size_t i = 0; i < r->n_sets; i++)
        if (r->sets[i]->added && has_module(&r->files[r->sets[i]->files[0]], module, NULL))
            return r->sets[i];
    return NULL;
}

const struct rp_schema *rp_registry_set(struct rp_registry *registry, const char *name, struct rp_diags *diags)
{
    struct rp_suggest suggest = { .name = name };
    struct set *set = find_set(registry, name);
    if (!set)
        set = set_with_module(registry, name);
    if (set && !set->schema)
        set->schema = compile(registry, set, RP_FRONT_FIRST_WINS, diags);
    if (set)
        return set->schema;
    for (size_t i = 0; i < registry->n_sets; i++)
        rp_suggest_offer(&suggest, registry->sets[i]->name);
    if (suggest.best)
        rp_diag_add(diags, RP_TRANSFER, RP_ENAME, "unknown set '%s'; did you mean '%s'?", name, suggest.best);
    else
        rp_diag_add(diags, RP_TRANSFER, RP_ENAME, "unknown set '%s'", name);
    return NULL;
}

const struct rp_schema *rp_registry_set_markers_last(struct rp_registry *registry, const char *name)
{
    struct rp_diags quiet = { .arena = &registry->arena };
    struct set *set = find_set(registry, name);
    if (set && !set->markers_tried) {
        set->markers_tried = true;
        set->markers_last = compile(registry, set, RP_FRONT_MARKERS_LAST, &quiet);
    }
    return set ? set->markers_last : NULL;
}

const struct rp_type *rp_registry_type(struct rp_registry *registry, const char *spec, struct rp_diags *diags)
{
    char name[LINE];
    const char *colon = strchr(spec, ':');
    if (!colon || (size_t)(colon - spec) >= sizeof name) {
        rp_diag_add(diags, RP_TRANSFER, RP_ENAME, "'%s' is not SET:TYPE", spec);
        return NULL;
    }
    memcpy(name, spec, (size_t)(colon - spec));
    name[colon - spec] = '\0';
    const struct rp_schema *schema = rp_registry_set(registry, name, diags);
    const struct rp_type *type = schema ? rp_schema_type(schema, colon + 1) : NULL;
    if (type || !schema)
        return type;
    struct rp_suggest suggest = { .name = colon + 1 };
    for (uint32_t i = 0; i < schema->n_types; i++)
        rp_suggest_offer(&suggest, schema->types[i]->name);
    if (suggest.best)
        rp_diag_add(diags, RP_TRANSFER, RP_ENAME, "unknown type '%s' in %s; did you mean '%s'?", colon + 1, name, suggest.best);
    else
        rp_diag_add(diags, RP_TRANSFER, RP_ENAME, "unknown type '%s' in %s", colon + 1, name);
    return NULL;
}
