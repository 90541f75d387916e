#include <string.h>

#include "codecs/asn1/objects.h"

/* A component and where its text was read: COMPONENTS OF takes some from another type. */
struct member {
    const struct rp_ast_component *ast;
    const struct rp_env *env;
    uint8_t part;
    uint16_t group;
};

struct members {
    struct member *list;
    size_t n, cap;
};

enum { MOST_SLOTS = 32767 }; /* rp_slot.at has a sign */

static bool append(struct rp_asn1 *c, struct members *members, struct member member)
{
    if (members->n == members->cap) {
        size_t cap = members->cap ? 2 * members->cap : 16, size = sizeof *members->list;
        struct member *list = rp_arena_grow(c->scratch, members->list, members->cap * size, cap * size);
        c->no_memory |= !list;
        if (!list)
            return false;
        members->list = list;
        members->cap = cap;
    }
    if (members->n == MOST_SLOTS) {
        rp_asn1_error(c, member.ast->token, "more than %d components", MOST_SLOTS);
        return false;
    }
    members->list[members->n++] = member;
    return true;
}

/* COMPONENTS OF T: the root components of T (X.680 (02/2021) clause 25), in the place where it stands. */
static bool append_from(struct rp_asn1 *c, struct rp_ctype *type, struct members *members, const struct rp_ast_component *at,
                        const struct rp_env *env)
{
    struct rp_ctype *from = rp_type_of(c, env, at->type);
    if (!from || !rp_type_complete(c, from))
        return false;
    if (from->t.kind != type->t.kind || !from->body) {
        rp_asn1_error(c, at->token, "COMPONENTS OF needs a %s", type->t.keyword);
        return false;
    }
    for (const struct rp_ast_component *ast = from->body->components; ast; ast = ast->next) {
        struct member member = { .ast = ast, .env = from->body_env, .part = at->part, .group = at->group };
        if (ast->part == RP_PART_ADDITION)
            continue;
        if (ast->components_of ? !append_from(c, type, members, ast, from->body_env) : !append(c, members, member))
            return false;
    }
    return true;
}

static bool gather(struct rp_asn1 *c, struct rp_ctype *type, struct members *members)
{
    for (const struct rp_ast_component *ast = type->ast->components; ast; ast = ast->next) {
        bool choice = type->t.kind == RP_CHOICE;
        struct member member = { .ast = ast, .env = type->env, .part = ast->part, .group = choice ? 0 : ast->group };
        if (choice && ast->components_of) {
            rp_asn1_error(c, ast->token, "COMPONENTS OF stands in a CHOICE");
            return false;
        }
        if (ast->components_of ? !append_from(c, type, members, ast, type->env) : !append(c, members, member))
            return false;
    }
    return true;
}

static bool check_names(struct rp_asn1 *c, const struct rp_ctype *type, const struct members *members)
{
    c->stamp++;
    for (size_t i = 0; i < members->n; i++) {
        const struct rp_token *token = members->list[i].ast->token;
        if (token->name->stamp == c->stamp) {
            size_t first = 0;
            while (members->list[first].ast->token->name != token->name)
                first++;
            char place[RP_PLACE_MAX];
            rp_asn1_place(c, members->list[first].ast->token, place, sizeof place);
            rp_asn1_error(c, token, "'%s' is twice in this %s; first at %s", token->name->text, type->t.keyword, place);
            return false;
        }
        token->name->stamp = c->stamp;
    }
    return true;
}

static const struct rp_ast_constraint *table_of(const struct rp_ast_type *ast)
{
    const struct rp_ast_constraint *constraint = ast->constraints;
    while (constraint && constraint->kind != RP_CON_TABLE)
        constraint = constraint->next;
    return constraint;
}

/* CLASS.&field({Set}{@at}): which set, and which of its class's fields. `at` waits until the slots have their places. */
bool rp_slot_table(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_type *ast, struct rp_slot *slot)
{
    const struct rp_ast_constraint *table = table_of(ast);
    if (!table)
        return true;
    if (ast->kind != RP_AST_FIELD || ast->ref.name->text[0] >= 'a') {
        rp_asn1_error(c, table->token, "a table constraint belongs behind CLASS.&field");
        return false;
    }
    struct rp_class *class_ = rp_class_of(c, env, &ast->ref);
    struct rp_cfield *field = class_ ? rp_class_field(c, class_, ast->ref.field) : NULL;
    struct rp_cset *set = field ? rp_set_of(c, env, &table->table) : NULL;
    if (!set)
        return false;
    if (set->class_ != class_) {
        rp_asn1_error(c, table->token, "'%s' is a set of class %s, not %s", table->table.name->text, set->class_->name,
                      class_->name);
        return false;
    }
    slot->set = &set->s;
    slot->set_field = (uint16_t)(field - class_->fields);
    return true;
}

static bool push_default(struct rp_asn1 *c, struct rp_slot *slot, const struct member *member)
{
    struct rp_pending_default *pending = rp_asn1_make(c, sizeof *pending);
    if (!pending)
        return false;
    *pending = (struct rp_pending_default){ .next = c->defaults, .slot = slot, .value = member->ast->dflt, .env = member->env };
    c->defaults = pending;
    return true;
}

static bool fill_slot(struct rp_asn1 *c, const struct member *member, struct rp_slot *slot)
{
    struct rp_ctype *type = rp_type_of(c, member->env, member->ast->type);
    if (!type)
        return false;
    *slot =
        (struct rp_slot){ .type = &type->t, .name = member->ast->token->name->text, .presence = member->ast->presence, .at = -1 };
    if (slot->presence == RP_DEFAULT && !push_default(c, slot, member))
        return false;
    return rp_slot_table(c, member->env, member->ast->type, slot);
}

static int16_t slot_named(const struct rp_slot *slots, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (slots[i].name == name) /* names are interned */
            return (int16_t)i;
    return -1;
}

/* {@id} and {@.id} beside each other in one SEQUENCE mean the same. A path to elsewhere leaves the open type undecided. */
static bool link_at(struct rp_asn1 *c, const struct member *member, struct rp_slot *slots, size_t n, struct rp_slot *slot)
{
    const struct rp_ast_constraint *table = table_of(member->ast->type);
    if (!table || !table->at || table->at_nested || table->at_levels > 1)
        return true;
    slot->at = slot_named(slots, n, table->at->name->text);
    if (slot->at >= 0 || table->at_levels == 0)
        return true;
    rp_asn1_error(c, table->at, "no component '%s' beside '%s'", table->at->name->text, slot->name);
    return false;
}

/* One run of members to consecutive slots. */
static bool fill_slots(struct rp_asn1 *c, const struct member *const *members, size_t n, struct rp_slot *slots)
{
    bool fine = true;
    for (size_t i = 0; i < n; i++) {
        fine = fill_slot(c, members[i], &slots[i]) && fine;
        slots[i].index = (uint16_t)i;
    }
    for (size_t i = 0; i < n && fine; i++)
        fine = link_at(c, members[i], slots, n, &slots[i]);
    return fine;
}

static uint16_t count_optional(const struct rp_slot *slots, size_t n)
{
    uint16_t optional = 0;
    for (size_t i = 0; i < n; i++)
        optional = (uint16_t)(optional + (slots[i].presence != RP_MANDATORY));
    return optional;
}

/* An additions group is a SEQUENCE of its own to PER (X.691 (02/2021) 19.9). */
static struct rp_ctype *group_type(struct rp_asn1 *c, struct rp_ctype *parent, const struct member *const *members, size_t n)
{
    struct rp_ctype *type = rp_type_new(c, members[0]->env, members[0]->ast->type, NULL);
    struct rp_slot *slots = type ? rp_asn1_keep(c, n, sizeof *slots) : NULL;
    if (!slots)
        return NULL;
    type->state = RP_TYPE_DONE;
    type->t.kind = RP_SEQUENCE;
    type->t.keyword = rp_kind_name(RP_SEQUENCE);
    type->t.line = members[0]->ast->token->line;
    type->t.slots = slots;
    type->t.n_slots = type->t.n_root = (uint16_t)n;
    if (!fill_slots(c, members, n, slots))
        parent->bad = true;
    type->t.n_optional = count_optional(slots, n);
    return type;
}

/* What PER sees as one place: a component, or a whole group. Ordered root, second root, additions. */
struct places {
    const struct member **members; /* in that order, the members of a group side by side */
    size_t n_root, n;
};

static bool order_places(struct rp_asn1 *c, const struct members *members, struct places *places)
{
    static const uint8_t order[] = { RP_PART_ROOT, RP_PART_ROOT2, RP_PART_ADDITION };
    places->members = rp_asn1_make(c, (members->n + 1) * sizeof(struct member *));
    if (!places->members)
        return false;
    for (size_t part = 0; part < 3; part++) {
        for (size_t i = 0; i < members->n; i++)
            if (members->list[i].part == order[part])
                places->members[places->n++] = &members->list[i];
        if (part == 1)
            places->n_root = places->n;
    }
    return true;
}

static size_t run_length(const struct places *places, size_t at)
{
    size_t n = 1;
    uint16_t group = places->members[at]->group;
    while (group && at + n < places->n && places->members[at + n]->group == group)
        n++;
    return n;
}

static bool fill_places(struct rp_asn1 *c, struct rp_ctype *type, const struct places *places)
{
    struct rp_slot *slots = rp_asn1_keep(c, places->n, sizeof *slots);
    size_t n = 0;
    bool fine = slots != NULL;
    for (size_t i = 0; i < places->n && slots; n++) {
        size_t run = run_length(places, i);
        if (!places->members[i]->group) {
            fine = fill_slot(c, places->members[i], &slots[n]) && fine;
        } else {
            struct rp_ctype *group = group_type(c, type, &places->members[i], run);
            if (!group)
                return false;
            slots[n] = (struct rp_slot){ .type = &group->t, .presence = RP_OPTIONAL, .group = true, .at = -1 };
        }
        slots[n].index = (uint16_t)n;
        i += run;
    }
    type->t.slots = slots;
    type->t.n_slots = (uint16_t)n;
    type->t.n_root = (uint16_t)places->n_root;
    for (size_t i = 0, slot = 0; i < places->n && fine; i += run_length(places, i), slot++)
        if (!places->members[i]->group)
            fine = link_at(c, places->members[i], slots, n, &slots[slot]);
    return fine;
}

/* AUTOMATIC TAGS number the components in textual order unless one has a tag of its own (X.680 (02/2021) clause 25). */
static bool is_automatic(const struct rp_ctype *type)
{
    if (type->env->module->tagging != RP_TAGS_AUTOMATIC)
        return false;
    for (const struct rp_ast_component *ast = type->ast->components; ast; ast = ast->next)
        if (!ast->components_of && ast->type->tag)
            return false;
    return true;
}

static bool note_tags(struct rp_asn1 *c, struct rp_ctype *type, const struct places *places)
{
    if (type->t.kind == RP_SEQUENCE || is_automatic(type))
        return true;
    type->order = rp_asn1_make(c, sizeof *type->order);
    if (!type->order || !(type->order->tags = rp_asn1_make(c, (places->n + 1) * sizeof(struct rp_tag))))
        return false;
    for (size_t i = 0; i < places->n_root; i++) {
        const struct member *member = places->members[i];
        const struct rp_ast_tag *tag = member->ast->type->tag;
        rp_wide number;
        if (!tag)
            continue;
        if (!rp_value_integer(c, member->env, tag->number, &number))
            return false;
        type->order->tags[i] = (struct rp_tag){ .known = true, .tag_class = tag->tag_class, .number = (uint32_t)number };
    }
    return true;
}

bool rp_struct_fill(struct rp_asn1 *c, struct rp_ctype *type)
{
    struct members members = { 0 };
    struct places places = { 0 };
    type->body = type->ast;
    type->body_env = type->env;
    type->t.extensible = type->ast->extensible || type->env->module->extensibility_implied;
    if (!gather(c, type, &members) || !check_names(c, type, &members) || !order_places(c, &members, &places))
        return false;
    bool fine = fill_places(c, type, &places) && note_tags(c, type, &places);
    if (type->t.kind != RP_CHOICE && type->t.slots)
        type->t.n_optional = count_optional(type->t.slots, type->t.n_root);
    if (fine && type->t.kind == RP_CHOICE && !type->t.n_slots) {
        rp_asn1_error(c, type->ast->token, "a CHOICE needs an alternative");
        return false;
    }
    return fine;
}
