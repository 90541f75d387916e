#include "harness/findings.h"

#include <stdio.h>

void rp_findings_print(const struct rp_diags *diags)
{
    char line[1024];
    uint32_t shown = 0;
    for (const struct rp_diag *diag = diags->first; diag; diag = diag->next, shown++) {
        rp_diag_format(diag, line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
    if (shown < diags->count)
        fprintf(stderr, "... and %u more\n", diags->count - shown);
}

int rp_findings_bad(const struct rp_diags *diags)
{
    return diags->worst > RP_CANONICAL;
}
