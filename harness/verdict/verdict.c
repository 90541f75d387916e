#include "harness/verdict/verdict.h"

const char *rp_verdict_name(enum rp_verdict verdict)
{
    static const char *const names[] = {
        [RP_SKIP] = "skip", [RP_PASS] = "pass",   [RP_WARN] = "warning", [RP_INCONCLUSIVE] = "inconclusive",
        [RP_FAIL] = "fail", [RP_ERROR] = "error",
    };
    return names[verdict];
}

int rp_verdicts_exit_status(const struct rp_verdicts *verdicts, int strict)
{
    int status = 0;
    for (size_t i = 0; i < verdicts->n; i++) {
        enum rp_verdict verdict = verdicts->results[i].verdict;
        if (verdict == RP_FAIL || (strict && verdict == RP_WARN))
            return 1;
        if (verdict == RP_INCONCLUSIVE || verdict == RP_ERROR)
            status = 2;
    }
    return status;
}
