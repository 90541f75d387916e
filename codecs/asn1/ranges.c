#include "codecs/asn1/ranges.h"

static const struct rp_span everything = { RP_NO_LO, RP_NO_HI };

/* Spans being put together in rising order of their lower bounds; touching ones are joined. */
struct sink {
    struct rp_span *spans;
    size_t n;
};

static void put(struct sink *sink, rp_wide lo, rp_wide hi)
{
    if (lo > hi)
        return;
    struct rp_span *last = sink->n ? &sink->spans[sink->n - 1] : NULL;
    if (last && last->hi + 1 >= lo)
        last->hi = last->hi > hi ? last->hi : hi;
    else
        sink->spans[sink->n++] = (struct rp_span){ lo, hi };
}

static bool open_sink(struct rp_asn1 *c, struct sink *sink, size_t most)
{
    *sink = (struct sink){ .spans = rp_asn1_make(c, most * sizeof(struct rp_span)) };
    return sink->spans != NULL;
}

struct rp_ranges rp_ranges_all(void)
{
    return (struct rp_ranges){ .spans = &everything, .n = 1 };
}

bool rp_ranges_is_all(struct rp_ranges ranges)
{
    return ranges.n == 1 && ranges.spans->lo <= RP_NO_LO && ranges.spans->hi >= RP_NO_HI;
}

struct rp_ranges rp_ranges_one(struct rp_asn1 *c, rp_wide lo, rp_wide hi)
{
    struct sink sink;
    if (!open_sink(c, &sink, 1))
        return (struct rp_ranges){ .failed = true };
    put(&sink, lo, hi);
    return (struct rp_ranges){ .spans = sink.spans, .n = sink.n };
}

struct rp_ranges rp_ranges_union(struct rp_asn1 *c, struct rp_ranges a, struct rp_ranges b)
{
    struct sink sink;
    size_t i = 0, k = 0;
    if (a.failed || b.failed || !open_sink(c, &sink, a.n + b.n))
        return (struct rp_ranges){ .failed = true };
    while (i < a.n || k < b.n) {
        bool from_a = k == b.n || (i < a.n && a.spans[i].lo <= b.spans[k].lo);
        const struct rp_span *span = from_a ? &a.spans[i++] : &b.spans[k++];
        put(&sink, span->lo, span->hi);
    }
    return (struct rp_ranges){ .spans = sink.spans, .n = sink.n };
}

struct rp_ranges rp_ranges_intersection(struct rp_asn1 *c, struct rp_ranges a, struct rp_ranges b)
{
    struct sink sink;
    size_t i = 0, k = 0;
    if (rp_ranges_is_all(a) || b.failed)
        return b;
    if (rp_ranges_is_all(b) || a.failed)
        return a;
    if (!open_sink(c, &sink, a.n + b.n))
        return (struct rp_ranges){ .failed = true };
    while (i < a.n && k < b.n) {
        rp_wide lo = a.spans[i].lo > b.spans[k].lo ? a.spans[i].lo : b.spans[k].lo;
        rp_wide hi = a.spans[i].hi < b.spans[k].hi ? a.spans[i].hi : b.spans[k].hi;
        put(&sink, lo, hi);
        if (a.spans[i].hi < b.spans[k].hi)
            i++;
        else
            k++;
    }
    return (struct rp_ranges){ .spans = sink.spans, .n = sink.n };
}

struct rp_ranges rp_ranges_except(struct rp_asn1 *c, struct rp_ranges a, struct rp_ranges b)
{
    struct sink sink;
    if (a.failed || b.failed || !open_sink(c, &sink, b.n + 1))
        return (struct rp_ranges){ .failed = true };
    rp_wide lo = RP_NO_LO;
    for (size_t k = 0; k < b.n; k++) { /* what b leaves free */
        put(&sink, lo, b.spans[k].lo - 1);
        lo = b.spans[k].hi + 1;
    }
    put(&sink, lo, RP_NO_HI);
    return rp_ranges_intersection(c, a, (struct rp_ranges){ .spans = sink.spans, .n = sink.n });
}

bool rp_ranges_equal(struct rp_ranges a, struct rp_ranges b)
{
    if (a.n != b.n || a.failed || b.failed)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (a.spans[i].lo != b.spans[i].lo || a.spans[i].hi != b.spans[i].hi)
            return false;
    return true;
}
