#include "harness/script/pending.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/script/evidence.h"

/* Keys up to KEY_ROOM octets take blocks that are used again. What is overdue by GRACE_NS is judged when many wait. */
enum { KEY_ROOM = 48, FIRST_BUCKETS = 1024, FIRST_SWEEP = 65536 };
static const int64_t GRACE_NS = 60 * INT64_C(1000000000);

struct bucket {
    struct rp_pending *first, *last;
};

struct rp_pendings {
    struct bucket *buckets;
    size_t n_buckets, n, sweep_at;
    struct rp_pending *oldest, *newest;
    struct rp_pending *spare;
};

bool rp_pending_new(struct rp_rules *rules)
{
    struct rp_pendings *all = rules->pendings = calloc(1, sizeof *all);
    if (!all)
        return false;
    all->buckets = calloc(FIRST_BUCKETS, sizeof *all->buckets);
    all->n_buckets = all->buckets ? FIRST_BUCKETS : 0;
    all->sweep_at = FIRST_SWEEP;
    return all->buckets != NULL;
}

void rp_pending_free(struct rp_rules *rules)
{
    struct rp_pendings *all = rules->pendings;
    if (!all)
        return;
    for (struct rp_pending *at = all->oldest, *newer; at; at = newer) {
        newer = at->newer;
        free(at);
    }
    for (struct rp_pending *at = all->spare, *next; at; at = next) {
        next = at->next;
        free(at);
    }
    free(all->buckets);
    free(all);
    rules->pendings = NULL;
}

static uint64_t hash_of(const struct rp_rule *rule, const struct rp_link_state *link, const char *key, size_t len)
{
    uint64_t hash = 1469598103934665603u ^ (uint64_t)rule->index << 32 ^ link->id;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (uint8_t)key[i]) * 1099511628211u;
    return hash ^ hash >> 29;
}

/* Behind all others of the bucket: the oldest of a key is found first. */
static void link_in(struct rp_pendings *all, struct rp_pending *pending)
{
    struct bucket *bucket = &all->buckets[pending->hash % all->n_buckets];
    pending->prev = bucket->last;
    pending->next = NULL;
    *(bucket->last ? &bucket->last->next : &bucket->first) = pending;
    bucket->last = pending;
}

static void grow(struct rp_pendings *all)
{
    size_t n = all->n_buckets * 4;
    struct bucket *buckets = calloc(n, sizeof *buckets);
    if (!buckets)
        return; /* longer chains, nothing worse */
    free(all->buckets);
    all->buckets = buckets;
    all->n_buckets = n;
    for (struct rp_pending *at = all->oldest; at; at = at->newer)
        link_in(all, at);
}

static void unlink_out(struct rp_pendings *all, struct rp_pending *pending)
{
    struct bucket *bucket = &all->buckets[pending->hash % all->n_buckets];
    *(pending->prev ? &pending->prev->next : &bucket->first) = pending->next;
    *(pending->next ? &pending->next->prev : &bucket->last) = pending->prev;
    *(pending->older ? &pending->older->newer : &all->oldest) = pending->newer;
    *(pending->newer ? &pending->newer->older : &all->newest) = pending->older;
    all->n--;
}

static struct rp_pending *block(struct rp_pendings *all, size_t len)
{
    size_t room = len < KEY_ROOM ? KEY_ROOM : len;
    struct rp_pending *pending = room == KEY_ROOM ? all->spare : NULL;
    if (pending)
        all->spare = pending->next;
    else
        pending = malloc(sizeof *pending + room);
    if (pending)
        *pending = (struct rp_pending){ .key_room = (uint32_t)room };
    return pending;
}

void rp_pending_done(struct rp_rules *rules, struct rp_pending *pending)
{
    luaL_unref(rules->lua, LUA_REGISTRYINDEX, pending->value_ref);
    if (pending->key_room != KEY_ROOM) {
        free(pending);
        return;
    }
    pending->next = rules->pendings->spare;
    rules->pendings->spare = pending;
}

static void blame(struct rp_rules *rules, const struct rp_pending *pending, enum rp_verdict verdict, const char *text)
{
    char expected[96];
    if (pending->within_ns == INT64_MAX)
        snprintf(expected, sizeof expected, "%s", pending->what);
    else
        snprintf(expected, sizeof expected, "%.60s within %g s", pending->what, (double)pending->within_ns * 1e-9);
    const struct rp_evidence evidence = {
        .verdict = verdict,
        .side = pending->side,
        .link = pending->link,
        .message = pending->message,
        .clause = pending->rule->result.n_spec ? pending->rule->result.spec[0] : "",
        .expected = expected,
        .seen = "nothing",
        .text = text,
        .frame = pending->frame,
        .number = pending->number,
        .time_ns = pending->opened_ns,
    };
    rp_evidence_add(rules, pending->rule, &evidence);
}

/* Whether its time was over before `end_ns`. */
static bool overdue(const struct rp_rules *rules, const struct rp_pending *pending, int64_t end_ns)
{
    return pending->within_ns < INT64_MAX - rules->slack_ns && end_ns - pending->opened_ns > pending->within_ns + rules->slack_ns;
}

static void judge(struct rp_rules *rules, const struct rp_pending *pending, int64_t end_ns)
{
    char text[RP_DIAG_MAX];
    const struct rp_link_state *link = pending->link;
    bool ended = link->ended_ns < end_ns;
    if (link->lost && link->lost_ns >= pending->opened_ns) {
        snprintf(text, sizeof text, "%s was not seen, but the capture lacks chunks of this association", pending->what);
        blame(rules, pending, RP_INCONCLUSIVE, text);
    } else if (link->unread && link->unread_ns >= pending->opened_ns) {
        snprintf(text, sizeof text, "%s was not seen, but a message of this association could not be read", pending->what);
        blame(rules, pending, RP_INCONCLUSIVE, text);
    } else if (overdue(rules, pending, ended ? link->ended_ns : end_ns)) {
        snprintf(text, sizeof text, "%s did not come within %g s", pending->what, (double)pending->within_ns * 1e-9);
        blame(rules, pending, pending->side == RP_ROLE_UNKNOWN ? RP_INCONCLUSIVE : RP_FAIL, text);
    } else {
        snprintf(text, sizeof text, "the %s ends before %s came", ended || link->gone ? "association" : "capture", pending->what);
        blame(rules, pending, RP_INCONCLUSIVE, text);
    }
}

void rp_pending_judge(struct rp_rules *rules, const struct rp_link_state *link, int64_t end_ns)
{
    struct rp_pendings *all = rules->pendings;
    for (struct rp_pending *at = all->oldest, *newer; at; at = newer) {
        newer = at->newer;
        if (link && at->link != link)
            continue;
        judge(rules, at, end_ns);
        unlink_out(all, at);
        rp_pending_done(rules, at);
    }
}

static void sweep(struct rp_rules *rules)
{
    struct rp_pendings *all = rules->pendings;
    int64_t now = rules->now.time_ns;
    for (struct rp_pending *at = all->oldest, *newer; at; at = newer) {
        newer = at->newer;
        if (!overdue(rules, at, now - GRACE_NS))
            continue;
        judge(rules, at, now);
        unlink_out(all, at);
        rp_pending_done(rules, at);
    }
    all->sweep_at = 2 * all->n + FIRST_SWEEP;
}

bool rp_pending_open(struct rp_rules *rules, struct rp_rule *rule, const char *key, size_t len, const struct rp_pending *like)
{
    struct rp_pendings *all = rules->pendings;
    const struct rp_now *now = &rules->now;
    if (all->n >= all->sweep_at)
        sweep(rules);
    struct rp_pending *pending = block(all, len);
    if (!pending)
        return false;
    uint32_t room = pending->key_room;
    *pending = *like;
    pending->key_room = room;
    pending->rule = rule;
    pending->link = now->link;
    pending->opened_ns = now->time_ns;
    pending->frame = now->frame;
    pending->number = now->message ? now->message->number : 0;
    pending->message = now->message ? now->message->name : NULL;
    pending->hash = hash_of(rule, now->link, key, len);
    pending->key_len = (uint32_t)len;
    memcpy(pending->key, key, len);
    pending->older = all->newest;
    pending->newer = NULL;
    *(all->newest ? &all->newest->newer : &all->oldest) = pending;
    all->newest = pending;
    link_in(all, pending);
    if (++all->n > 2 * all->n_buckets)
        grow(all);
    return true;
}

struct rp_pending *rp_pending_take(struct rp_rules *rules, const struct rp_rule *rule, const char *key, size_t len)
{
    struct rp_pendings *all = rules->pendings;
    const struct rp_link_state *link = rules->now.link;
    uint64_t hash = hash_of(rule, link, key, len);
    for (struct rp_pending *at = all->buckets[hash % all->n_buckets].first; at; at = at->next)
        if (at->hash == hash && at->rule == rule && at->link == link && at->key_len == len && !memcmp(at->key, key, len)) {
            unlink_out(all, at);
            return at;
        }
    return NULL;
}
