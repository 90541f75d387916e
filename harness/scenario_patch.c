#include <stdlib.h>
#include <string.h>

#include "harness/scenario.h"

enum { KEY_SIZE = 128 };

static bool fault(struct rp_diags *diags, const char *file, const char *op, const char *path, const char *why)
{
    struct rp_diag *diag = rp_diag_add(diags, RP_TRANSFER, RP_ENAME, "%s %s: %s", op, path, why);
    diag->file = file;
    diag->line = diag->column = 1;
    return false;
}

/** Takes one reference token off a JSON Pointer (RFC 6901 3 and 4). @return what is left, or NULL at the end or of a bad pointer
 */
static const char *take_token(const char *pointer, char key[KEY_SIZE])
{
    size_t n = 0;
    if (*pointer != '/')
        return NULL;
    for (pointer++; *pointer && *pointer != '/'; pointer++) {
        char c = *pointer;
        if (c == '~' && (pointer[1] == '0' || pointer[1] == '1'))
            c = *++pointer == '0' ? '~' : '/';
        if (n + 1 < KEY_SIZE)
            key[n++] = c;
    }
    key[n] = '\0';
    return pointer;
}

/** Index of the element that a token names: a number, a label, or id=NUMBER. @return the array's size when there is none */
static size_t find_element(const json_t *array, const char *key)
{
    size_t n = json_array_size(array);
    char *end;
    unsigned long index = strtoul(key, &end, 10);
    if (key[0] >= '0' && key[0] <= '9' && !*end)
        return index < n ? index : n;
    for (size_t i = 0; i < n; i++) {
        const json_t *element = json_array_get(array, i);
        const char *label = json_string_value(json_object_get(element, "label"));
        if (label && !strcmp(label, key))
            return i;
        const json_t *id = json_object_get(element, "id");
        if (!strncmp(key, "id=", 3) && json_is_integer(id) && json_integer_value(id) == atoll(key + 3))
            return i;
    }
    return n;
}

static json_t *step(json_t *at, const char *key)
{
    if (json_is_array(at))
        return json_array_get(at, find_element(at, key));
    return json_object_get(at, key);
}

/** Walks to the parent of what a pointer names; `key` gets the last token. */
static json_t *find_parent(json_t *document, const char *pointer, char key[KEY_SIZE])
{
    json_t *at = document;
    const char *rest = take_token(pointer, key);
    while (rest && *rest && at) {
        at = step(at, key);
        rest = take_token(rest, key);
    }
    return rest ? at : NULL;
}

static json_t *look_up(json_t *document, const char *pointer)
{
    char key[KEY_SIZE];
    json_t *parent = find_parent(document, pointer, key);
    return parent ? step(parent, key) : NULL;
}

static bool remove_at(json_t *document, const char *pointer)
{
    char key[KEY_SIZE];
    json_t *parent = find_parent(document, pointer, key);
    if (!parent || !step(parent, key))
        return false;
    if (json_is_array(parent))
        return !json_array_remove(parent, find_element(parent, key));
    return !json_object_del(parent, key);
}

/** "add" of RFC 6902 4.1: before the element named, "-" behind the last. Takes over `value`. */
static bool add_at(json_t *document, const char *pointer, json_t *value)
{
    char key[KEY_SIZE];
    json_t *parent = find_parent(document, pointer, key);
    if (json_is_array(parent) && !strcmp(key, "-"))
        return !json_array_append_new(parent, value);
    if (json_is_array(parent) && find_element(parent, key) < json_array_size(parent))
        return !json_array_insert_new(parent, find_element(parent, key), value);
    if (json_is_object(parent))
        return !json_object_set_new(parent, key, value);
    json_decref(value);
    return false;
}

static bool replace_at(json_t *document, const char *pointer, json_t *value)
{
    char key[KEY_SIZE];
    json_t *parent = find_parent(document, pointer, key);
    if (!parent || !step(parent, key)) {
        json_decref(value);
        return false;
    }
    if (json_is_array(parent))
        return !json_array_set_new(parent, find_element(parent, key), value);
    return !json_object_set_new(parent, key, value);
}

json_t *rp_scenario_at(json_t *document, const char *pointer)
{
    return look_up(document, pointer);
}

bool rp_scenario_put(json_t *document, const char *pointer, json_t *value)
{
    return replace_at(document, pointer, value);
}

/** "move" and "copy": the value is taken first, then put where the pointer then leads. */
static bool transfer(json_t *document, const char *from, const char *path, bool keep)
{
    json_t *value = look_up(document, from);
    if (!value)
        return false;
    json_t *taken = json_deep_copy(value);
    if (!keep && !remove_at(document, from)) {
        json_decref(taken);
        return false;
    }
    return add_at(document, path, taken);
}

static bool apply(json_t *document, const char *op, const char *path, const json_t *edit)
{
    json_t *value = json_object_get(edit, "value");
    const char *from = json_string_value(json_object_get(edit, "from"));
    if (!strcmp(op, "remove"))
        return remove_at(document, path);
    if (!strcmp(op, "add"))
        return value && add_at(document, path, json_deep_copy(value));
    if (!strcmp(op, "replace"))
        return value && replace_at(document, path, json_deep_copy(value));
    if (!strcmp(op, "test"))
        return value && json_equal(look_up(document, path), value);
    if (!strcmp(op, "move") || !strcmp(op, "copy"))
        return from && transfer(document, from, path, !strcmp(op, "copy"));
    return false;
}

bool rp_scenario_patch(json_t *document, const json_t *edits, const char *file, struct rp_diags *diags)
{
    size_t i;
    const json_t *edit;
    json_array_foreach(edits, i, edit)
    {
        const char *op = json_string_value(json_object_get(edit, "op"));
        const char *path = json_string_value(json_object_get(edit, "path"));
        if (!op || !path)
            return fault(diags, file, "edits", "", "an edit has op and path");
        if (!apply(document, op, path, edit))
            return fault(diags, file, op, path, "no such place, or an operation that is not known");
    }
    return true;
}
