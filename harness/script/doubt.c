#include "harness/script/doubt.h"

#include <stdlib.h>
#include <string.h>

/* A capture is known to lack a chunk soon after its acknowledgement, or without one when twice the longest retransmission
 * timeout is over (capture/reassembly.c). */
static const int64_t HOLD_NS = 130 * INT64_C(1000000000);

enum { TEXTS = 6 };

struct rp_doubt {
    struct rp_doubt *next; /* a later one */
    struct rp_rule *rule;
    struct rp_evidence evidence;
    char texts[];
};

/** The text fields of evidence, as one list. */
static void fields_of(struct rp_evidence *evidence, const char **fields[TEXTS])
{
    fields[0] = &evidence->message;
    fields[1] = &evidence->path;
    fields[2] = &evidence->clause;
    fields[3] = &evidence->expected;
    fields[4] = &evidence->seen;
    fields[5] = &evidence->text;
}

static void let_go(struct rp_rules *rules, struct rp_doubt **at)
{
    struct rp_doubt *doubt = *at;
    *at = doubt->next;
    if (!*at)
        rules->newest_doubt = at;
    rp_evidence_add(rules, doubt->rule, &doubt->evidence);
    free(doubt);
}

static void make_inconclusive(struct rp_evidence *evidence)
{
    bool lost = evidence->link->lost;
    evidence->verdict = RP_INCONCLUSIVE;
    evidence->expected = lost ? "the capture to hold every chunk of the association" : "every message before to be readable";
    evidence->seen = lost ? "chunks are missing" : "one could not be decoded";
}

bool rp_doubt_hold(struct rp_rules *rules, struct rp_rule *rule, const struct rp_evidence *evidence)
{
    while (rules->doubts && evidence->time_ns - rules->doubts->evidence.time_ns > HOLD_NS)
        let_go(rules, &rules->doubts);
    struct rp_evidence copy = *evidence;
    const char **fields[TEXTS];
    size_t len = 0;
    if (copy.link->lost || copy.link->unread) {
        make_inconclusive(&copy);
        rp_evidence_add(rules, rule, &copy);
        return true;
    }
    fields_of(&copy, fields);
    for (int i = 0; i < TEXTS; i++)
        len += *fields[i] ? strlen(*fields[i]) + 1 : 0;
    struct rp_doubt *doubt = malloc(sizeof *doubt + len);
    if (!doubt)
        return false;
    char *text = doubt->texts;
    for (int i = 0; i < TEXTS; i++) {
        size_t n = *fields[i] ? strlen(*fields[i]) + 1 : 0;
        if (n)
            *fields[i] = memcpy(text, *fields[i], n);
        text += n;
    }
    doubt->next = NULL;
    doubt->rule = rule;
    doubt->evidence = copy;
    if (!rules->doubts)
        rules->newest_doubt = &rules->doubts;
    *rules->newest_doubt = doubt;
    rules->newest_doubt = &doubt->next;
    return true;
}

void rp_doubt_lost(struct rp_rules *rules, const struct rp_link_state *link)
{
    for (struct rp_doubt *at = rules->doubts; at; at = at->next)
        if (at->evidence.link == link)
            make_inconclusive(&at->evidence);
}

void rp_doubt_end(struct rp_rules *rules, const struct rp_link_state *link)
{
    for (struct rp_doubt **at = &rules->doubts; *at;)
        if (!link || (*at)->evidence.link == link)
            let_go(rules, at);
        else
            at = &(*at)->next;
}

void rp_doubt_free(struct rp_rules *rules)
{
    for (struct rp_doubt *at = rules->doubts, *next; at; at = next) {
        next = at->next;
        free(at);
    }
    rules->doubts = NULL;
}
