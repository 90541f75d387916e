#include "codecs/asn1/objects.h"

#include <stdlib.h>
#include <string.h>

#include "codecs/asn1/parser.h"

enum { MOST_OBJECTS = 65535 };

static int64_t to_int64(const struct rp_cvalue *value)
{
    if (value->kind != RP_VALUE_INTEGER)
        return 0;
    return value->integer > INT64_MAX ? INT64_MAX : value->integer < INT64_MIN ? INT64_MIN : (int64_t)value->integer;
}

/* What a setting, or a default of the class, gives for a field. */
static bool fill_field(struct rp_asn1 *c, const struct rp_env *env, struct rp_cobject *object, struct rp_cfield *field,
                       const struct rp_ast_type *type, const struct rp_ast_value *value)
{
    uint16_t index = (uint16_t)(field - object->class_->fields);
    struct rp_object_field *out = &object->fields[index];
    out->set = true;
    if (field->kind == RP_FIELD_TYPE) {
        struct rp_ctype *given = rp_type_of(c, env, type);
        if (given)
            out->slot = (struct rp_slot){ .type = &given->t, .at = -1, .set_field = index };
        return given != NULL;
    }
    if (field->kind != RP_FIELD_VALUE || !value)
        return true;
    struct rp_cvalue got;
    if (!rp_type_complete(c, field->type) || !rp_value_of(c, env, field->type, value, &got))
        return false;
    out->value = to_int64(&got);
    bool by_name = value->kind == RP_VAL_REF && value->ref.token->kind == RP_TOK_LOWER && field->type->t.kind == RP_INTEGER;
    if (index == object->class_->key && by_name)
        object->o.key_name = value->ref.name->text;
    return true;
}

static bool fill_rest(struct rp_asn1 *c, struct rp_cobject *object, const struct rp_ast_object *ast,
                      const struct rp_ast_braces *braces)
{
    struct rp_class *class_ = object->class_;
    for (uint16_t i = 0; i < class_->n_fields; i++) {
        struct rp_cfield *field = &class_->fields[i];
        if (object->fields[i].set || field->ast->optional)
            continue;
        if (!field->ast->has_default) {
            const struct rp_token *at = ast->settings ? ast->settings->field : braces->first;
            at = braces->first < braces->end ? braces->first : at;
            rp_asn1_error(c, at, "this object of class %s leaves out &%s", class_->name, field->name->text);
            return false;
        }
        if (!rp_class_field_ready(c, class_, field) ||
            !fill_field(c, class_->env, object, field, field->ast->type_dflt, field->ast->value_dflt))
            return false;
    }
    return true;
}

/* What the rest of ranproof asks for most: key, presence and criticality. */
static void describe(struct rp_cobject *object)
{
    const struct rp_class *class_ = object->class_;
    if (class_->key < class_->n_fields)
        object->o.key = object->fields[class_->key].value;
    if (class_->presence < class_->n_fields && object->fields[class_->presence].set) {
        const struct rp_ctype *type = class_->fields[class_->presence].type;
        object->o.mandatory = type && object->fields[class_->presence].value == rp_type_item(&type->t, "mandatory");
    }
    if (class_->criticality < class_->n_fields && object->fields[class_->criticality].set) {
        object->o.has_criticality = true;
        object->o.criticality = (uint8_t)object->fields[class_->criticality].value;
    }
}

static struct rp_cobject *make_object(struct rp_asn1 *c, const struct rp_env *env, struct rp_class *class_,
                                      const struct rp_ast_object *ast, const struct rp_ast_braces *braces)
{
    struct rp_cobject *object = rp_asn1_make(c, sizeof *object);
    if (!object)
        return NULL;
    object->class_ = class_;
    object->o.fields = object->fields = rp_asn1_make(c, class_->n_fields * sizeof *object->fields);
    if (!object->fields)
        return NULL;
    for (const struct rp_ast_setting *setting = ast->settings; setting; setting = setting->next) {
        struct rp_cfield *field = &class_->fields[setting->index];
        if (!rp_class_field_ready(c, class_, field) || !fill_field(c, env, object, field, setting->type, setting->value))
            return NULL;
    }
    if (!fill_rest(c, object, ast, braces))
        return NULL;
    describe(object);
    return object;
}

struct rp_cobject *rp_object_in_braces(struct rp_asn1 *c, const struct rp_env *env, struct rp_class *class_,
                                       struct rp_ast_braces braces)
{
    struct rp_ast_object *ast = rp_parse_object(c, class_, braces);
    return ast ? make_object(c, env, class_, ast, &braces) : NULL;
}

static struct rp_cobject *object_of_symbol(struct rp_asn1 *c, const struct rp_env *env, struct rp_symbol *symbol,
                                           const struct rp_token *at)
{
    struct rp_class *class_ = symbol->kind == RP_SYM_VALUE ? rp_class_if(c, env, symbol->type) : NULL;
    struct rp_cobject *object = NULL;
    struct rp_busy entry;
    if (!class_ || !symbol->value) {
        rp_asn1_error(c, at, "'%s' is not an object", symbol->name->text);
        return NULL;
    }
    if (!rp_asn1_enter(c, &entry, symbol, symbol->name->text, at))
        return NULL;
    if (symbol->value->kind == RP_VAL_BRACES)
        object = rp_object_in_braces(c, env, class_, symbol->value->braces);
    else if (symbol->value->kind == RP_VAL_REF)
        object = rp_object_of(c, env, &symbol->value->ref);
    else
        rp_asn1_error(c, symbol->value->token, "an object of class %s is written in braces", class_->name);
    rp_asn1_leave(c);
    return object;
}

struct rp_cobject *rp_object_of(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_ref *ref)
{
    struct rp_found found;
    if (!rp_find(c, env, ref, "object", &found))
        return NULL;
    if (found.arg) {
        if (!found.arg->object)
            rp_asn1_error(c, ref->token, "parameter '%s' is not an object", ref->name->text);
        return found.arg->object;
    }
    struct rp_symbol *symbol = found.symbol;
    const struct rp_env *where = found.instance ? &found.instance->env : &symbol->module->env;
    struct rp_cobject **known = found.instance ? &found.instance->object : &symbol->object;
    if (!*known && !symbol->failed) {
        *known = object_of_symbol(c, where, symbol, ref->token);
        symbol->failed |= !*known && !found.instance;
    }
    return *known;
}

static struct rp_cset *new_set(struct rp_asn1 *c, const struct rp_env *env, struct rp_class *class_, struct rp_ast_braces braces,
                               const struct rp_token *at, const char *name)
{
    struct rp_cset *set = rp_asn1_keep(c, 1, sizeof *set);
    if (!set)
        return NULL;
    set->s.name = name;
    set->s.class_name = class_->name;
    set->s.n_fields = class_->n_fields;
    set->s.key_field = class_->key;
    set->s.fields = class_->shown;
    set->class_ = class_;
    set->env = env;
    set->braces = braces;
    set->token = at;
    if (c->last_set)
        c->last_set->next = set;
    else
        c->sets = set;
    return c->last_set = set;
}

static struct rp_cset *set_of_symbol(struct rp_asn1 *c, const struct rp_env *env, struct rp_symbol *symbol,
                                     const struct rp_token *at)
{
    struct rp_class *class_ = symbol->kind == RP_SYM_SET ? rp_class_if(c, env, symbol->type) : NULL;
    if (!class_ || !symbol->braces.first) {
        rp_asn1_error(c, at, "'%s' is not an object set", symbol->name->text);
        return NULL;
    }
    return new_set(c, env, class_, symbol->braces, symbol->token, symbol->name->text);
}

struct rp_cset *rp_set_of(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_ref *ref)
{
    struct rp_found found;
    if (!rp_find(c, env, ref, "object set", &found))
        return NULL;
    if (found.arg) {
        if (!found.arg->set)
            rp_asn1_error(c, ref->token, "parameter '%s' is not an object set", ref->name->text);
        return found.arg->set;
    }
    struct rp_symbol *symbol = found.symbol;
    const struct rp_env *where = found.instance ? &found.instance->env : &symbol->module->env;
    struct rp_cset **known = found.instance ? &found.instance->cset : &symbol->cset;
    if (!*known)
        *known = set_of_symbol(c, where, symbol, ref->token);
    return *known;
}

/* {{Foo-IEs}} is Foo-IEs itself, so that the same set gives the same instance. */
struct rp_cset *rp_set_in_braces(struct rp_asn1 *c, const struct rp_env *env, struct rp_class *class_,
                                 struct rp_ast_braces braces, const struct rp_token *at)
{
    struct rp_parser parser = rp_parser_over(c, braces.first, braces.end);
    const struct rp_token *first = rp_peek(&parser);
    if (first->kind != RP_TOK_UPPER)
        return new_set(c, env, class_, braces, at, "");
    struct rp_ast_ref ref = { 0 };
    if (!rp_parse_ref(&parser, &ref))
        return NULL;
    if (!rp_is(&parser, RP_TOK_END))
        return new_set(c, env, class_, braces, at, "");
    struct rp_cset *set = rp_set_of(c, env, &ref);
    if (!set || set->class_ == class_)
        return set;
    rp_asn1_error(c, first, "'%s' is a set of class %s, not %s", ref.name->text, set->class_->name, class_->name);
    return NULL;
}

/* Objects in the making. */
struct list {
    struct rp_object *objects;
    size_t n, cap;
};

static const char *slot_name(const struct rp_type *type)
{
    const struct rp_ctype *full = rp_ctype_of(type);
    if (type->name)
        return type->name;
    if (type->keyword)
        return type->keyword;
    uint8_t kind = full->ast->kind;
    if (kind == RP_CHAR_STRING || kind == RP_OCTET_TEXT || kind == RP_TIME)
        return rp_keyword_text(full->ast->keyword);
    return kind < RP_KINDS ? rp_kind_name(kind) : "a type";
}

/* A set has slots of its own, since a slot says which set it belongs to. */
static bool append(struct rp_asn1 *c, struct rp_cset *set, struct list *list, const struct rp_object *object)
{
    if (list->n == list->cap) {
        size_t cap = list->cap ? 2 * list->cap : 16, size = sizeof *list->objects;
        struct rp_object *objects = rp_arena_grow(c->scratch, list->objects, list->cap * size, cap * size);
        c->no_memory |= !objects;
        if (!objects)
            return false;
        list->objects = objects;
        list->cap = cap;
    }
    if (list->n == MOST_OBJECTS) {
        rp_asn1_error(c, set->token, "more than %d objects in one set", MOST_OBJECTS);
        return false;
    }
    struct rp_object_field *fields = rp_asn1_keep(c, set->s.n_fields, sizeof *fields);
    if (!fields)
        return false;
    memcpy(fields, object->fields, set->s.n_fields * sizeof *fields);
    for (uint16_t i = 0; i < set->s.n_fields; i++) {
        if (!fields[i].slot.type)
            continue;
        fields[i].slot.set = &set->s;
        fields[i].slot.name = slot_name(fields[i].slot.type);
    }
    list->objects[list->n] = *object;
    list->objects[list->n++].fields = fields;
    return true;
}

static bool append_set(struct rp_asn1 *c, struct rp_cset *set, struct list *list, const struct rp_ast_member *member)
{
    struct rp_cset *from = rp_set_of(c, set->env, &member->ref);
    if (!from || !rp_set_fill(c, from))
        return false;
    if (from->class_ != set->class_) {
        rp_asn1_error(c, member->token, "'%s' is a set of class %s, not %s", member->ref.name->text, from->class_->name,
                      set->class_->name);
        return false;
    }
    set->s.extensible |= from->s.extensible;
    for (uint32_t i = 0; i < from->s.n_objects; i++)
        if (!append(c, set, list, &from->s.objects[i]))
            return false;
    return true;
}

static bool append_member(struct rp_asn1 *c, struct rp_cset *set, struct list *list, struct rp_ast_member *member)
{
    struct rp_cobject *object;
    if (!member->braces.first) {
        if (member->ref.field) {
            rp_asn1_error(c, member->ref.field, "sets taken from objects are not supported");
            return false;
        }
        if (member->ref.token->kind == RP_TOK_UPPER)
            return append_set(c, set, list, member);
        object = rp_object_of(c, set->env, &member->ref);
    } else {
        if (!member->object)
            member->object = rp_parse_object(c, set->class_, member->braces);
        object = member->object ? make_object(c, set->env, set->class_, member->object, &member->braces) : NULL;
    }
    if (object && object->class_ != set->class_) {
        rp_asn1_error(c, member->token, "this object is of class %s, not %s", object->class_->name, set->class_->name);
        return false;
    }
    return object && append(c, set, list, &object->o);
}

struct key {
    int64_t key;
    uint16_t index;
};

static int by_key(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static bool sort_keys(struct rp_asn1 *c, struct rp_cset *set)
{
    const struct rp_class *class_ = set->class_;
    const struct rp_ctype *type = class_->key < class_->n_fields ? class_->fields[class_->key].type : NULL;
    set->s.keyed = type && (type->t.kind == RP_INTEGER || type->t.kind == RP_ENUMERATED);
    uint32_t n = set->s.n_objects;
    struct key *keys = rp_asn1_make(c, (n + 1) * sizeof *keys);
    uint16_t *indexes = rp_asn1_keep(c, n, sizeof *indexes);
    if (!keys || !indexes)
        return false;
    for (uint32_t i = 0; i < n; i++)
        keys[i] = (struct key){ set->s.objects[i].key, (uint16_t)i };
    qsort(keys, n, sizeof *keys, by_key);
    for (uint32_t i = 0; i < n; i++)
        indexes[i] = keys[i].index;
    set->s.by_key = indexes;
    return true;
}

static bool fill(struct rp_asn1 *c, struct rp_cset *set)
{
    struct list list = { 0 };
    bool fine = true;
    struct rp_parser parser = rp_parser_over(c, set->braces.first, set->braces.end);
    if (!rp_is(&parser, RP_TOK_END)) {
        set->ast = rp_parse_object_set(&parser);
        if (!set->ast)
            return false;
        set->s.extensible = set->ast->extensible;
        for (struct rp_ast_member *member = set->ast->members; member && !rp_asn1_enough(c); member = member->next)
            fine = append_member(c, set, &list, member) && fine;
    }
    for (uint16_t i = 0; i < set->class_->n_fields; i++)
        fine = rp_class_field_ready(c, set->class_, &set->class_->fields[i]) && fine;
    struct rp_object *objects = rp_asn1_keep(c, list.n, sizeof *objects);
    if (!objects)
        return false;
    if (list.n)
        memcpy(objects, list.objects, list.n * sizeof *objects);
    set->s.objects = objects;
    set->s.n_objects = (uint32_t)list.n;
    const struct rp_cfield *key = set->class_->key < set->class_->n_fields ? &set->class_->fields[set->class_->key] : NULL;
    if (key && key->type && !rp_type_complete(c, key->type))
        return false;
    return sort_keys(c, set) && fine;
}

bool rp_set_fill(struct rp_asn1 *c, struct rp_cset *set)
{
    struct rp_busy entry;
    const char *name = set->s.name[0] ? set->s.name : "an object set";
    if (set->state == RP_TYPE_DONE)
        return true;
    if (!rp_asn1_enter(c, &entry, set, name, set->token))
        return false;
    bool fine = fill(c, set);
    set->state = RP_TYPE_DONE;
    rp_asn1_leave(c);
    return fine;
}
