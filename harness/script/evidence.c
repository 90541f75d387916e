#include "harness/script/evidence.h"

#include <string.h>

#include "harness/script/links.h"

/** A finding with what only the engine needs. */
struct kept {
    struct rp_finding finding; /* first: the list is one of findings */
    uint64_t print;
    uint32_t cap_frames;
};

static uint64_t mix(uint64_t print, const char *text, bool indexes)
{
    bool inside = false;
    for (; text && *text; text++) {
        inside = !indexes && (inside ? *text != ']' : *text == '[');
        if (!inside)
            print = (print ^ (uint8_t)*text) * 1099511628211u;
    }
    return (print ^ 0x100) * 1099511628211u;
}

/** Findings are one when they say the same of the same side of a link: of one place in a message, or, where no place is named, of
 *  messages of any kind. */
static uint64_t print_of(const struct rp_evidence *evidence)
{
    uint64_t print = 1469598103934665603u + (uint64_t)evidence->verdict * 8 + (uint64_t)evidence->side;
    bool placed = evidence->path && *evidence->path;
    print = (print ^ (evidence->link ? evidence->link->id + 1 : 0)) * 1099511628211u;
    print = mix(print, evidence->text, true);
    print = mix(print, placed ? evidence->message : "", true);
    return mix(print, evidence->path, false);
}

static const char *copy(struct rp_rules *rules, const char *text)
{
    const char *own = text && *text ? rp_arena_strndup(&rules->arena, text, strlen(text)) : "";
    return own ? own : "";
}

static void add_frame(struct rp_rules *rules, struct kept *kept, uint64_t frame)
{
    struct rp_finding *finding = &kept->finding;
    if (!frame || finding->n_frames == RP_EVIDENCE_FRAMES)
        return;
    if (finding->n_frames == kept->cap_frames) {
        uint32_t cap = kept->cap_frames ? 4 * kept->cap_frames : 4;
        uint64_t *grown = rp_arena_alloc(&rules->arena, cap * sizeof *grown);
        if (!grown)
            return;
        if (finding->n_frames)
            memcpy(grown, finding->frames, finding->n_frames * sizeof *grown);
        finding->frames = grown;
        kept->cap_frames = cap;
    }
    ((uint64_t *)(uintptr_t)finding->frames)[finding->n_frames++] = frame;
}

static struct kept *make(struct rp_rules *rules, const struct rp_evidence *evidence)
{
    struct kept *kept = rp_arena_calloc(&rules->arena, 1, sizeof *kept);
    if (!kept)
        return NULL;
    const struct rp_link_state *link = evidence->link;
    int side = link ? rp_links_side(link, evidence->side) : -1;
    kept->finding = (struct rp_finding){
        .verdict = evidence->verdict,
        .side = evidence->side == RP_ROLE_UNKNOWN ? "" : rp_role_name(evidence->side),
        .endpoint = side < 0 ? "" : copy(rules, link->endpoint[side]),
        .peer = side < 0 ? "" : copy(rules, link->endpoint[1 - side]),
        .message = copy(rules, evidence->message),
        .path = copy(rules, evidence->path),
        .clause = copy(rules, evidence->clause),
        .expected = copy(rules, evidence->expected),
        .seen = copy(rules, evidence->seen),
        .text = copy(rules, evidence->text),
        .frame = evidence->frame,
        .number = evidence->number,
        .time_ns = evidence->time_ns,
    };
    return kept;
}

static struct kept *same(const struct rp_rule *rule, uint64_t print)
{
    struct kept *recent = (struct kept *)rule->recent;
    if (recent && recent->print == print)
        return recent;
    for (const struct rp_finding *at = rule->result.findings; at; at = at->next)
        if (((const struct kept *)at)->print == print)
            return (struct kept *)(uintptr_t)at;
    return NULL;
}

static void append(struct rp_rule *rule, struct kept *kept)
{
    if (rule->last)
        rule->last->next = &kept->finding;
    else
        rule->result.findings = &kept->finding;
    rule->last = &kept->finding;
    rule->distinct++;
}

void rp_evidence_add(struct rp_rules *rules, struct rp_rule *rule, const struct rp_evidence *given)
{
    struct rp_evidence evidence = *given;
    if (evidence.verdict == RP_FAIL && rule->should)
        evidence.verdict = RP_WARN;
    rule->failed |= evidence.verdict == RP_FAIL;
    rule->warned |= evidence.verdict == RP_WARN;
    rule->inconclusive |= evidence.verdict == RP_INCONCLUSIVE;
    rule->result.n_findings++;
    uint64_t print = print_of(&evidence);
    struct kept *kept = same(rule, print);
    if (!kept && rule->distinct < RP_EVIDENCE_DISTINCT) {
        kept = make(rules, &evidence);
        if (kept) {
            kept->print = print;
            append(rule, kept);
        }
    }
    if (!kept)
        return;
    rule->recent = &kept->finding;
    kept->finding.times++;
    add_frame(rules, kept, evidence.frame);
    if (rules->watch && kept->finding.times == 1)
        rules->watch(rules->watch_context, &rule->result, &kept->finding);
}

void rp_rules_watch(struct rp_rules *rules,
                    void (*made)(void *context, const struct rp_rule_result *rule, const struct rp_finding *finding),
                    void *context)
{
    rules->watch = made;
    rules->watch_context = context;
}
