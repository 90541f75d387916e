/** One value from one form to another: what `decode` and `encode` do. */
#ifndef RP_CONVERT_H
#define RP_CONVERT_H

#include "harness/command.h"
#include "harness/input.h"

/** What makes `decode` and `encode` differ. */
struct rp_convert {
    struct rp_usage usage; /* its options are filled by rp_convert_command */
    enum rp_form prefer;   /* what an input of digits alone is */
    const char *to;        /* the form written when --to is not given */
};

/** Runs the subcommand. @return exit status: 1 when a finding is above `canonical`, or the value could not be read or written */
int rp_convert_command(const struct rp_convert *convert, int argc, char **argv);

#endif
