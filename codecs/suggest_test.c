#include "codecs/suggest.h"

#include <string.h>

#include "tools/test_support.h"

static const char *const known[] = { "RANfunctionID",  "RANfunctionsAdded", "RICrequestID",
                                     "E2setupRequest", "E2setupResponse",   "id",
                                     "e2ap-03.01",     "e2ap-02.03" };

static const struct {
    const char *what, *name, *want;
} rows[] = {
    { "a letter left out", "RANfunctonID", "RANfunctionID" },
    { "a letter too many", "RICrequesttID", "RICrequestID" },
    { "two letters swapped", "RICreqeustID", "RICrequestID" },
    { "all in lower case", "ranfunctionid", "RANfunctionID" },
    { "nearest of two", "E2setupRespons", "E2setupResponse" },
    { "an edition that is not there", "e2ap-03.02", "e2ap-03.01" },
    { "the name itself", "id", "id" },
    { "nothing near", "timeToWait", NULL },
    { "one letter is no hint", "x", NULL },
    { "empty", "", NULL },
    { "longer than any name",
      "RANfunctionIDRANfunctionIDRANfunctionIDRANfunctionIDRANfunctionIDRANfunct"
      "ionIDRANfunctionIDRANfunctionID",
      NULL },
};

static void names_find_their_nearest(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct rp_suggest suggest = { .name = rows[i].name };
        for (size_t k = 0; k < sizeof known / sizeof known[0]; k++)
            rp_suggest_offer(&suggest, known[k]);
        if (!rows[i].want && suggest.best)
            fail_msg("%s: got %s", rows[i].what, suggest.best);
        if (rows[i].want && (!suggest.best || strcmp(rows[i].want, suggest.best) != 0))
            fail_msg("%s: got %s", rows[i].what, suggest.best ? suggest.best : "nothing");
    }
}

static void letter_case_counts_less(void **state)
{
    (void)state;
    struct rp_suggest suggest = { .name = "Value" };
    rp_suggest_offer(&suggest, "Values");
    rp_suggest_offer(&suggest, "value");
    assert_string_equal(suggest.best, "value");
    rp_suggest_offer(&suggest, "VALUE");
    assert_string_equal(suggest.best, "value");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_find_their_nearest),
        cmocka_unit_test(letter_case_counts_less),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
