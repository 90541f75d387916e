#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "codecs/suggest.h"
#include "codecs/value/json_reader.h"
#include "codecs/value/path.h"

static void read_value(struct rp_json_reader *r, const struct rp_slot *slot, const json_t *json);

struct rp_diag *rp_json_refuse(struct rp_json_reader *r, const struct rp_slot *slot, enum rp_err err, const char *format, ...)
{
    char text[RP_DIAG_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    struct rp_diag *diag = rp_diag_add(r->diags, RP_TRANSFER, err, "%s", text);
    struct rp_tree tree = { .nodes = r->build.nodes, .n_nodes = r->build.n };
    rp_path_write_slot(&tree, r->chain, r->depth, slot, diag->path, sizeof diag->path);
    diag->bit = RP_NO_BIT;
    r->refused = true;
    return diag;
}

/** What stands there, in a few words. */
static void describe(const json_t *json, char *out, size_t size)
{
    struct rp_text text = { .chars = out, .cap = size };
    switch (json_typeof(json)) {
    case JSON_OBJECT: rp_text_printf(&text, "an object of %zu members", json_object_size(json)); break;
    case JSON_ARRAY: rp_text_printf(&text, "an array of %zu elements", json_array_size(json)); break;
    case JSON_STRING: rp_text_printf(&text, "\"%.100s\"", json_string_value(json)); break;
    case JSON_INTEGER: rp_text_printf(&text, "%lld", (long long)json_integer_value(json)); break;
    case JSON_REAL: rp_text_printf(&text, "%.17g", json_real_value(json)); break;
    case JSON_TRUE: rp_text_puts(&text, "true"); break;
    case JSON_FALSE: rp_text_puts(&text, "false"); break;
    case JSON_NULL: rp_text_puts(&text, "null"); break;
    }
}

struct rp_diag *rp_json_refuse_kind(struct rp_json_reader *r, const struct rp_type *type, const char *expected,
                                    const json_t *json)
{
    const char *keyword = type->keyword ? type->keyword : rp_kind_name(type->kind);
    bool named = type->name && strcmp(type->name, keyword) != 0;
    struct rp_diag *diag = type->kind == RP_UNKNOWN ? rp_json_refuse(r, NULL, RP_ETYPE, "no type is known here")
                                                    : rp_json_refuse(r, NULL, RP_ETYPE, "not a value of %s%s%s",
                                                                     named ? type->name : "", named ? ", " : "", keyword);
    snprintf(diag->expected, sizeof diag->expected, "%s", expected);
    describe(json, diag->seen, sizeof diag->seen);
    return diag;
}

static uint32_t open_node(struct rp_json_reader *r, const struct rp_slot *slot)
{
    uint32_t node = rp_build_node(&r->build, slot);
    r->chain[r->depth++] = node;
    return node;
}

static void close_node(struct rp_json_reader *r, uint32_t node)
{
    rp_build_end(&r->build, node);
    r->depth--;
}

/** Octets of a type that this edition does not have. */
static void read_unknown(struct rp_json_reader *r, uint32_t index, const json_t *json)
{
    uint32_t node = open_node(r, &rp_unknown_slot);
    struct rp_unknown *unknown = rp_arena_calloc(r->arena, 1, sizeof *unknown);
    const char *text = json_string_value(json);
    if (!unknown)
        r->build.failed = true;
    else if (!text || !rp_json_hex(r, text, json_string_length(json), &unknown->octets))
        rp_json_refuse_kind(r, rp_unknown_slot.type, "its octets in hex", json);
    if (!r->build.failed) {
        unknown->index = index;
        unknown->len = text ? (uint32_t)(json_string_length(json) / 2) : 0;
        r->build.nodes[node].value.unknown = unknown;
    }
    close_node(r, node);
}

static void offer_names(struct rp_suggest *suggest, struct rp_text *list, const struct rp_type *type)
{
    for (uint32_t i = 0; i < type->n_slots; i++) {
        const struct rp_slot *slot = &type->slots[i];
        if (slot->group) { /* one level: groups don't nest */
            for (uint32_t k = 0; k < slot->type->n_slots; k++) {
                rp_suggest_offer(suggest, slot->type->slots[k].name);
                rp_text_printf(list, "%s%s", list->len ? ", " : "", slot->type->slots[k].name);
            }
        } else if (slot->name) {
            rp_suggest_offer(suggest, slot->name);
            rp_text_printf(list, "%s%s", list->len ? ", " : "", slot->name);
        }
    }
}

static void refuse_name(struct rp_json_reader *r, const struct rp_type *type, const char *key, const char *what)
{
    char names[sizeof((struct rp_diag *)0)->expected];
    struct rp_text list = { .chars = names, .cap = sizeof names };
    struct rp_suggest suggest = { .name = key };
    names[0] = '\0';
    offer_names(&suggest, &list, type);
    if (list.failed)
        memcpy(names + sizeof names - 4, "...", 4);
    const char *name = type->name ? type->name : rp_kind_name(type->kind);
    struct rp_diag *diag = suggest.best ? rp_json_refuse(r, NULL, RP_ENAME, "%s has no %s \"%.60s\"; did you mean %s?", name,
                                                         what, key, suggest.best)
                                        : rp_json_refuse(r, NULL, RP_ENAME, "%s has no %s \"%.60s\"", name, what, key);
    memcpy(diag->expected, names, sizeof names);
    snprintf(diag->seen, sizeof diag->seen, "\"%.100s\"", key);
}

/** The object that the component selecting an open type names; it may stand anywhere in the JSON object. */
static const struct rp_object *selected(const struct rp_type *parent, const struct rp_slot *slot, const json_t *object)
{
    if (!slot->set || slot->at < 0 || slot->at >= parent->n_slots)
        return NULL;
    const struct rp_slot *by = &parent->slots[slot->at];
    const json_t *key = by->name ? json_object_get(object, by->name) : NULL;
    if (json_is_integer(key))
        return rp_object_set_find(slot->set, json_integer_value(key));
    int64_t item = json_is_string(key) ? rp_type_item(by->type, json_string_value(key)) : -1;
    return item < 0 ? NULL : rp_object_set_find(slot->set, item);
}

static void read_open(struct rp_json_reader *r, const struct rp_type *parent, const struct rp_slot *slot, const json_t *object,
                      const json_t *json)
{
    const struct rp_object *chosen = selected(parent, slot, object);
    const struct rp_object_field *field = chosen ? &chosen->fields[slot->set_field] : NULL;
    if (field && field->set && field->slot.type) {
        read_value(r, &field->slot, json);
    } else if (json_is_string(json)) {
        read_unknown(r, 0, json);
    } else {
        const struct rp_slot *by = slot->set && slot->at >= 0 ? &parent->slots[slot->at] : NULL;
        const json_t *key = by && by->name ? json_object_get(object, by->name) : NULL;
        char seen[80] = "nothing";
        if (key)
            describe(key, seen, sizeof seen);
        struct rp_diag *diag = by ? rp_json_refuse(r, slot, RP_EUNKNOWN, "%s %s selects no type in %s", by->name ? by->name : "?",
                                                   seen, slot->set->name)
                                  : rp_json_refuse(r, slot, RP_EUNKNOWN, "an open type that nothing selects");
        snprintf(diag->expected, sizeof diag->expected, "its octets in hex");
        describe(json, diag->seen, sizeof diag->seen);
    }
}

/** @return 1 when the component stands in the object, else 0 */
static size_t read_member(struct rp_json_reader *r, const struct rp_type *parent, const struct rp_slot *slot, bool owed,
                          const json_t *object)
{
    const json_t *json = slot->name ? json_object_get(object, slot->name) : NULL;
    if (!json && owed && slot->presence == RP_MANDATORY)
        rp_json_refuse(r, slot, RP_EMISSING, "mandatory component \"%s\" is missing", slot->name ? slot->name : "?");
    if (!json)
        return 0;
    if (slot->type->kind == RP_OPEN)
        read_open(r, parent, slot, object, json);
    else
        read_value(r, slot, json);
    return 1;
}

/** The members of [[ ]] stand in the parent's object; when one is there, the mandatory ones have to be. */
static size_t read_group(struct rp_json_reader *r, const struct rp_type *group, const json_t *object)
{
    bool present = false;
    size_t n = 0;
    for (uint32_t i = 0; i < group->n_slots && !present; i++)
        present = group->slots[i].name && json_object_get(object, group->slots[i].name);
    for (uint32_t i = 0; i < group->n_slots && present; i++)
        n += read_member(r, group, &group->slots[i], true, object);
    return n;
}

/** The members that no component has the name of: unknown additions by rising number, else wrong names. */
static void read_surplus(struct rp_json_reader *r, const struct rp_type *type, const json_t *object)
{
    const char *key;
    json_t *json;
    uint32_t index, least = 0;
    json_object_foreach((json_t *)object, key, json)
    {
        if (rp_type_slot(type, key))
            continue;
        if (!type->extensible || !rp_json_index(key, "addition", &index)) {
            refuse_name(r, type, key, "component");
        } else if (index < least) {
            rp_json_refuse(r, NULL, RP_EORDER, "\"%s\" stands behind an addition of a higher number", key);
        } else {
            read_unknown(r, index, json);
            least = index + 1;
        }
    }
}

static void read_sequence(struct rp_json_reader *r, const struct rp_type *type, const json_t *json)
{
    size_t n = 0;
    if (!json_is_object(json)) {
        rp_json_refuse_kind(r, type, "an object", json);
        return;
    }
    for (uint32_t i = 0; i < type->n_slots; i++) {
        const struct rp_slot *slot = &type->slots[i];
        n += slot->group ? read_group(r, slot->type, json) : read_member(r, type, slot, i < type->n_root, json);
    }
    if (n < json_object_size(json))
        read_surplus(r, type, json);
}

static void read_list(struct rp_json_reader *r, const struct rp_type *type, const json_t *json)
{
    uint32_t node = r->chain[r->depth - 1];
    if (!json_is_array(json)) {
        rp_json_refuse_kind(r, type, "an array", json);
        return;
    }
    size_t n = json_array_size(json);
    for (size_t i = 0; i < n && !r->build.failed; i++)
        read_value(r, type->element, json_array_get(json, i));
    if (!r->build.failed)
        r->build.nodes[node].len = (uint32_t)n;
}

static void read_choice(struct rp_json_reader *r, const struct rp_type *type, const json_t *json)
{
    void *only = json_is_object(json) && json_object_size(json) == 1 ? json_object_iter((json_t *)json) : NULL;
    uint32_t index;
    if (!only) {
        rp_json_refuse_kind(r, type, "an object with one alternative", json);
        return;
    }
    const char *key = json_object_iter_key(only);
    const struct rp_slot *slot = rp_type_slot(type, key);
    if (slot && slot->type->kind != RP_OPEN)
        read_value(r, slot, json_object_iter_value(only));
    else if (slot)
        read_unknown(r, 0, json_object_iter_value(only));
    else if (type->extensible && rp_json_index(key, "alternative", &index))
        read_unknown(r, index, json_object_iter_value(only));
    else
        refuse_name(r, type, key, "alternative");
}

static void read_composite(struct rp_json_reader *r, const struct rp_type *type, const json_t *json)
{
    switch (type->kind) {
    case RP_SEQUENCE:
    case RP_SET: read_sequence(r, type, json); break;
    case RP_SEQUENCE_OF:
    case RP_SET_OF: read_list(r, type, json); break;
    case RP_CHOICE: read_choice(r, type, json); break;
    default: rp_json_refuse_kind(r, type, "a type that has values", json);
    }
}

static void read_value(struct rp_json_reader *r, const struct rp_slot *slot, const json_t *json)
{
    if (r->depth == RP_JSON_MAX_DEPTH) {
        rp_json_refuse(r, NULL, RP_EDEPTH, "nested deeper than %d", RP_JSON_MAX_DEPTH);
        return;
    }
    if (slot->type->kind == RP_OPEN || slot->type->kind == RP_UNKNOWN) {
        read_unknown(r, 0, json);
        return;
    }
    uint32_t node = open_node(r, slot);
    rp_json_leaf_fn *leaf = rp_json_leaves[slot->type->kind];
    if (r->build.failed)
        ; /* nothing to fill; said once, at the end */
    else if (leaf)
        leaf(r, &r->build.nodes[node], json);
    else
        read_composite(r, slot->type, json);
    close_node(r, node);
}

/** A copy of the text with quotes round each integer that may not fit in 64 bits: the JSON library refuses those. */
static bool quote_long_integers(const char *text, size_t len, struct rp_text *out)
{
    size_t from = 0;
    bool in_string = false;
    for (size_t i = 0; i < len && !out->failed; i++) {
        if (text[i] == '"')
            in_string = !in_string;
        if (in_string && text[i] == '\\')
            i++;
        if (in_string || (text[i] != '-' && (text[i] < '0' || text[i] > '9')))
            continue;
        size_t end = i + 1;
        while (end < len && text[end] >= '0' && text[end] <= '9')
            end++;
        bool integer = end == len || !strchr(".eE", text[end]);
        while (!integer && end < len && strchr("0123456789.eE+-", text[end]))
            end++;
        if (integer && end - i > 18) {
            rp_text_put(out, text + from, i - from);
            rp_text_printf(out, "\"%.*s\"", (int)(end - i < 4096 ? end - i : 4096), text + i);
            from = end;
        }
        i = end - 1;
    }
    rp_text_put(out, text + from, len - from);
    return !out->failed;
}

static json_t *parse(const char *text, size_t len, struct rp_json_reader *r)
{
    const size_t flags = JSON_DECODE_ANY | JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL;
    json_error_t error;
    json_t *json = json_loadb(text, len, flags, &error);
    if (!json && json_error_code(&error) == json_error_numeric_overflow) {
        struct rp_text quoted = { .arena = r->arena };
        if (!quote_long_integers(text, len, &quoted)) {
            r->build.failed = true;
            return NULL;
        }
        json = json_loadb(quoted.chars, quoted.len, flags, &error);
    }
    if (json)
        return json;
    struct rp_diag *diag = rp_diag_add(r->diags, RP_TRANSFER, RP_ESYNTAX, "not JSON: %s", error.text);
    diag->line = error.line > 0 ? (uint32_t)error.line : 1;
    diag->column = error.column > 0 ? (uint32_t)error.column : 1;
    r->refused = true;
    return NULL;
}

struct rp_tree rp_json_read_with(const struct rp_type *type, const char *text, size_t len,
                                 const struct rp_json_read_options *options, struct rp_arena *arena, struct rp_diags *diags)
{
    static const struct rp_json_read_options none;
    struct rp_json_reader r = { .options = options ? options : &none, .arena = arena, .diags = diags, .build.arena = arena };
    json_t *json = parse(text, len, &r);
    if (json)
        read_value(&r, &type->self, json);
    json_decref(json);
    if (r.build.failed) {
        rp_diag_add(diags, RP_TRANSFER, RP_ENOMEM, "no memory for the value")->bit = RP_NO_BIT;
        return (struct rp_tree){ 0 };
    }
    return r.refused ? (struct rp_tree){ 0 } : rp_build_tree(&r.build);
}

struct rp_tree rp_json_read(const struct rp_type *type, const char *text, size_t len, struct rp_arena *arena,
                            struct rp_diags *diags)
{
    return rp_json_read_with(type, text, len, NULL, arena, diags);
}
