/** The command line: subcommands, their options, usage errors. */
#ifndef RP_COMMAND_H
#define RP_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

/** Exit statuses of every subcommand. */
enum rp_exit {
    RP_EXIT_PASS = 0,
    RP_EXIT_FAIL = 1,  /* the input is at fault: a finding, a mismatch, a failed rule */
    RP_EXIT_ERROR = 2, /* the work could not be done: no such file, no memory, a module with errors; or inconclusive */
    RP_EXIT_USAGE = 64
};

/** Words of the command line, by reference. Zero-initialise; rp_words_free gives the array back. */
struct rp_words {
    const char **word;
    size_t n, cap;
};
void rp_words_free(struct rp_words *words);

/** One option. Exactly one of `text`, `flag` and `words` is set. A table of them ends with a row without name. */
struct rp_option {
    const char *name;           /* "as", written --as */
    char letter;                /* 'a', written -a; 0: none */
    const char *argument;       /* what it takes, for the help: "SET:TYPE"; NULL: a flag */
    const char *help;           /* one line */
    const char **text;          /* takes the argument; the last one wins */
    bool *flag;                 /* becomes true */
    struct rp_words *words;     /* collects the arguments of a repeatable option */
    const char *const *choices; /* permitted arguments, NULL-terminated; NULL: any */
};

/** What `ranproof NAME --help` prints. */
struct rp_usage {
    const char *name;     /* "decode" */
    const char *synopsis; /* "--as SET:TYPE [option...] [FILE|HEX|-]" */
    const char *about;    /* a paragraph, lines broken */
    const char *examples; /* lines, each indented by two */
    const struct rp_option *options;
};

/** Reads options and operands in any order, `--` ends the options; prints the help on --help, a message on an error.
 *  @param argv  argv[0] is the subcommand's name
 *  @param rest  the operands; NULL: none permitted
 *  @return -1 to go on, else the exit status */
int rp_options_read(const struct rp_usage *usage, int argc, char **argv, struct rp_words *rest);

/** Prints "ranproof NAME: message" and where to find help, on stderr. @return RP_EXIT_USAGE */
int rp_usage_error(const char *name, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Prints "ranproof NAME: message" on stderr. @return RP_EXIT_ERROR */
int rp_command_error(const char *name, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** The subcommands, each in its cmd_NAME.c. @param argv  argv[0] is the subcommand's name. @return exit status */
int rp_cmd_decode(int argc, char **argv);
int rp_cmd_encode(int argc, char **argv);
int rp_cmd_vectors(int argc, char **argv);
int rp_cmd_list(int argc, char **argv);
int rp_cmd_show(int argc, char **argv);
int rp_cmd_replay(int argc, char **argv);
int rp_cmd_bench(int argc, char **argv);
int rp_cmd_make_captures(int argc, char **argv);

#endif
