#include "harness/script/steady.h"

#include <stdlib.h>

#include "codecs/value/ie.h"
#include "harness/script/links.h"
#include "harness/script/plan.h"

/* IEs that differ from one indication to the next; ids are the same in every edition (E2AP 9.3.7). */
enum { OFTEN = 8 };
enum { IE_HEADER = 25, IE_MESSAGE = 26, IE_NUMBER = 27 };

static uint64_t mix(uint64_t print, uint64_t word)
{
    print = (print ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return print ^ print >> 32;
}

static uint64_t mix_octets(uint64_t print, const uint8_t *octets, size_t len)
{
    print = mix(print, len);
    for (size_t i = 0; i < len; i++)
        print = mix(print, octets[i]);
    return print;
}

static uint64_t mix_node(uint64_t print, const struct rp_node *node)
{
    const struct rp_type *type = rp_node_type(node);
    switch (type->kind) {
    case RP_BOOLEAN:
    case RP_ENUMERATED: return mix(print, (uint64_t)node->value.integer);
    case RP_INTEGER:
        return node->len ? mix_octets(print, node->value.octets, node->len) : mix(print, (uint64_t)node->value.integer);
    case RP_OCTET_STRING: return mix_octets(print, node->value.octets, node->len);
    case RP_SEQUENCE: return mix(print, node->next);
    default: return 0; /* not found in an indication of the editions there are: no print */
    }
}

/* All IEs but those that always differ. @return 0 when there is something that can't be taken in */
static uint64_t ies_print(const struct rp_tree *tree, uint32_t root)
{
    uint64_t print = 1;
    uint32_t list = rp_first(root);
    if (list >= tree->nodes[root].next || !rp_is_ie_list(rp_node_type(&tree->nodes[list])))
        return 0;
    for (uint32_t i = rp_first(list); i < tree->nodes[list].next && print; i = tree->nodes[i].next) {
        int64_t id;
        uint32_t value = rp_ie_value(tree, i);
        if (!rp_ie_id(tree, i, &id) || value == UINT32_MAX)
            return 0;
        print = mix(print, (uint64_t)id);
        if (id == IE_HEADER || id == IE_MESSAGE || id == IE_NUMBER)
            continue;
        for (uint32_t k = value; k < tree->nodes[value].next && print; k++)
            print = mix_node(print, &tree->nodes[k]);
    }
    return tree->nodes[list].next == tree->nodes[root].next ? print : 0; /* an addition behind the list */
}

static uint64_t print_of(const struct rp_rules *rules)
{
    const struct rp_now *now = &rules->now;
    const struct rp_e2_message *message = now->message;
    uint64_t print = message->root < message->tree->n_nodes ? ies_print(message->tree, message->root) : 0;
    if (!print || !rp_links_is_shown(now->link))
        return 0;
    print = mix(print, now->link->epoch);
    print = mix(print, now->link->functions_print);
    print = mix(print, (uint64_t)now->from << 48 | (uint64_t)message->sctp->stream << 32 | message->sctp->ppid);
    print = mix(print, message->subscription ? rp_links_subscription_print(message->subscription) : 0);
    return print ? print : 1;
}

static struct rp_steady *place(struct rp_link_state *link, uint64_t print)
{
    if (!link->steady)
        link->steady = calloc(RP_STEADY, sizeof *link->steady);
    return link->steady ? &link->steady[print % RP_STEADY] : NULL;
}

/* What the rules of the plan have counted as not concerning them. */
static void read_counts(lua_State *L, const struct rp_plan *plan, int64_t *out)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, plan->no_ref);
    for (uint32_t i = 0; i < plan->n; i++) {
        lua_rawgeti(L, -1, i + 1);
        out[i] = lua_tointeger(L, -1);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

bool rp_steady_known(struct rp_rules *rules, struct rp_plan *plan, struct rp_steady_look *look)
{
    look->print = print_of(rules);
    struct rp_steady *kept = look->print ? place(rules->now.link, look->print) : NULL;
    if (!kept) {
        look->print = 0;
        return false;
    }
    if (kept->plan == plan && kept->print == look->print) {
        kept->repeats++;
        return true;
    }
    look->said = rules->steady_said;
    read_counts(rules->lua, plan, look->unconcerned);
    return false;
}

/* Adds what an indication's repeats stand for to its plan. */
static void settle(struct rp_steady *kept)
{
    struct rp_plan *plan = kept->plan;
    for (uint32_t i = 0; plan && i < plan->n; i++)
        if (plan->rule[i]->steady) {
            plan->called[i] += kept->repeats;
            plan->unconcerned[i] += kept->unconcerned >> i & 1 ? kept->repeats : 0;
        }
    *kept = (struct rp_steady){ .plan = NULL };
}

void rp_steady_speaks(struct rp_rules *rules, struct rp_rule *rule)
{
    rules->steady_said++;
    if (++rule->spoken < OFTEN)
        return;
    rp_steady_count(rules); /* while it counts as steady */
    rule->steady = false;
    rules->plans_stale = true;
}

void rp_steady_learn(struct rp_rules *rules, struct rp_plan *plan, const struct rp_steady_look *look)
{
    int64_t after[RP_STEADY_RULES];
    if (!look->print || rules->broken || rules->steady_said != look->said || rp_plan_ready(rules, plan->list) != plan)
        return;
    struct rp_steady *kept = place(rules->now.link, look->print);
    settle(kept);
    *kept = (struct rp_steady){ .print = look->print, .plan = plan };
    read_counts(rules->lua, plan, after);
    for (uint32_t i = 0; i < plan->n; i++)
        kept->unconcerned |= (uint64_t)(after[i] != look->unconcerned[i]) << i;
}

void rp_steady_forget(struct rp_link_state *link)
{
    for (int i = 0; link->steady && i < RP_STEADY; i++)
        settle(&link->steady[i]);
    free(link->steady);
    link->steady = NULL;
}

void rp_steady_count(struct rp_rules *rules)
{
    for (size_t i = 0; i < rules->n_links; i++)
        if (rules->links[i])
            rp_steady_forget(rules->links[i]);
}
