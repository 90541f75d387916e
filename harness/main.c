#include <stdio.h>
#include <string.h>

#include "codecs/suggest.h"
#include "harness/command.h"

struct command {
    const char *name, *summary;
    int (*run)(int argc, char **argv);
};

static const struct command commands[] = {
#ifdef RP_WITH_REPLAY
    { "replay", "judge the E2 traffic of a capture by the rules", rp_cmd_replay },
#endif
    { "decode", "octets to JSON or a text tree", rp_cmd_decode },
    { "encode", "JSON to octets", rp_cmd_encode },
    { "vectors", "check files of test vectors against the codecs", rp_cmd_vectors },
    { "list", "the sets, modules, types and rules there are", rp_cmd_list },
    { "show", "a type or a rule in full", rp_cmd_show },
#ifdef RP_WITH_BENCH
    { "bench", "time the codecs", rp_cmd_bench },
#endif
#ifdef RP_WITH_MAKE_CAPTURES
    { "make-captures", "write captures from scenarios", rp_cmd_make_captures },
#endif
};

enum { N_COMMANDS = sizeof commands / sizeof commands[0] };

static void print_help(void)
{
    printf("ranproof " RP_VERSION
           ": proves, or disproves, that Open RAN equipment keeps to the O-RAN interface specifications\n\n"
           "usage: ranproof COMMAND [option...] [operand...]\n\ncommands:\n");
    for (size_t i = 0; i < N_COMMANDS; i++)
        printf("  %-14s %s\n", commands[i].name, commands[i].summary);
    printf("\n`ranproof COMMAND --help` says more about one, with examples. `ranproof --version` prints the version.\n"
           "exit status: 0 all is well, 1 a fail or a finding, 2 inconclusive or an error, 64 a wrong command line\n");
}

static const struct command *find(const char *name)
{
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (!strcmp(commands[i].name, name))
            return &commands[i];
    return NULL;
}

static int unknown(const char *name)
{
    struct rp_suggest near = { .name = name };
    for (size_t i = 0; i < N_COMMANDS; i++)
        rp_suggest_offer(&near, commands[i].name);
    if (near.best)
        return rp_usage_error("", "unknown command '%s'; did you mean %s?", name, near.best);
    return rp_usage_error("", "unknown command '%s'", name);
}

static int help(int argc, char **argv)
{
    if (argc < 3) {
        print_help();
        return RP_EXIT_PASS;
    }
    const struct command *command = find(argv[2]);
    char *words[] = { argv[2], "--help", NULL };
    return command ? command->run(2, words) : unknown(argv[2]);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return rp_usage_error("", "which command?");
    const char *name = argv[1];
    if (!strcmp(name, "--version") || !strcmp(name, "-V")) {
        printf("ranproof " RP_VERSION "\n");
        return RP_EXIT_PASS;
    }
    if (!strcmp(name, "--help") || !strcmp(name, "-h") || !strcmp(name, "help"))
        return help(argc, argv);
    const struct command *command = find(name);
    int status = command ? command->run(argc - 1, argv + 1) : unknown(name);
    /* a full disk must not look like success */
    if (fflush(stdout) || ferror(stdout))
        return rp_command_error(name, "the output could not be written");
    return status;
}
