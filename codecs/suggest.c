#include "codecs/suggest.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Costs: a changed letter case 1, any other edit (insert, delete, replace, swap
 * of neighbours) 2. */
enum { LONGEST = 64, CASE = 1, EDIT = 2 };

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static unsigned replace_cost(char a, char b)
{
    if (a == b)
        return 0;
    return lower(a) == lower(b) ? CASE : EDIT;
}

/* One row of the edit-distance table; `older` and `old` are the two rows above.
 * @return the least cost in the row */
static unsigned next_row(const char *a, size_t i, const char *b, size_t len_b, const unsigned *older, const unsigned *old,
                         unsigned *row)
{
    unsigned best = row[0] = (unsigned)i * EDIT;
    for (size_t j = 1; j <= len_b; j++) {
        unsigned cost = least(least(old[j], row[j - 1]) + EDIT, old[j - 1] + replace_cost(a[i - 1], b[j - 1]));
        bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
        if (swapped)
            cost = least(cost, older[j - 2] + EDIT);
        row[j] = cost;
        best = least(best, cost);
    }
    return best;
}

/* Weighted edit distance, or any value above `most` when it is above `most`.
 * Both at most LONGEST long. */
static unsigned distance(const char *a, size_t len_a, const char *b, size_t len_b, unsigned most)
{
    unsigned rows[3][LONGEST + 1] = { { 0 } };
    for (size_t j = 0; j <= len_b; j++)
        rows[0][j] = (unsigned)j * EDIT;
    for (size_t i = 1; i <= len_a; i++)
        if (next_row(a, i, b, len_b, rows[(i + 1) % 3], rows[(i + 2) % 3], rows[i % 3]) > most)
            return most + 1;
    return rows[len_a % 3][len_b];
}

void rp_suggest_offer(struct rp_suggest *suggest, const char *candidate)
{
    size_t len = strlen(suggest->name), other = strlen(candidate);
    size_t apart = len > other ? len - other : other - len;
    /* a third of the letters may be wrong, a change of case throughout may be,
     * too; one letter says nothing */
    unsigned most = (unsigned)(len < 4 ? EDIT : len / 3 * EDIT);
    if (!len || !other || len > LONGEST || other > LONGEST)
        return;
    if (suggest->best && suggest->distance <= most) {
        if (suggest->distance == 0)
            return;
        most = (unsigned)suggest->distance - 1;
    }
    if (apart * EDIT > most)
        return;
    unsigned cost = distance(suggest->name, len, candidate, other, most);
    if (cost <= most && cost < EDIT * least((unsigned)len, (unsigned)other)) {
        suggest->best = candidate;
        suggest->distance = cost;
    }
}
