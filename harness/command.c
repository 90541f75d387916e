#include "harness/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codecs/suggest.h"

void rp_words_free(struct rp_words *words)
{
    free(words->word);
    *words = (struct rp_words){ 0 };
}

static bool words_add(struct rp_words *words, const char *word)
{
    if (words->n == words->cap) {
        size_t cap = words->cap ? words->cap * 2 : 16;
        const char **grown = realloc(words->word, cap * sizeof *grown);
        if (!grown)
            return false;
        words->word = grown;
        words->cap = cap;
    }
    words->word[words->n++] = word;
    return true;
}

static void message(const char *name, const char *format, va_list args)
{
    fprintf(stderr, "ranproof%s%s: ", name[0] ? " " : "", name);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
}

int rp_usage_error(const char *name, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    message(name, format, args);
    va_end(args);
    fprintf(stderr, "see: ranproof%s%s --help\n", name[0] ? " " : "", name);
    return RP_EXIT_USAGE;
}

int rp_command_error(const char *name, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    message(name, format, args);
    va_end(args);
    return RP_EXIT_ERROR;
}

static void print_option(const struct rp_option *option)
{
    char left[64];
    char letter[8] = "    ";
    if (option->letter)
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    snprintf(left, sizeof left, "  %s--%s%s%s", letter, option->name, option->argument ? " " : "",
             option->argument ? option->argument : "");
    printf("%-30s %s\n", left, option->help);
}

static void print_help(const struct rp_usage *usage)
{
    printf("usage: ranproof %s %s\n\n%s\n", usage->name, usage->synopsis, usage->about);
    printf("\noptions:\n");
    for (const struct rp_option *option = usage->options; option->name; option++)
        print_option(option);
    printf("%-30s %s\n", "  -h, --help", "this text");
    size_t len = strlen(usage->examples);
    printf("\nexamples:\n%s%s", usage->examples, len && usage->examples[len - 1] == '\n' ? "" : "\n");
}

static int unknown_option(const struct rp_usage *usage, const char *word, const char *name)
{
    struct rp_suggest near = { .name = name };
    for (const struct rp_option *option = usage->options; option->name; option++)
        rp_suggest_offer(&near, option->name);
    rp_suggest_offer(&near, "help");
    if (near.best)
        return rp_usage_error(usage->name, "unknown option %s; did you mean --%s?", word, near.best);
    return rp_usage_error(usage->name, "unknown option %s", word);
}

static const struct rp_option *find_option(const struct rp_usage *usage, const char *name, size_t len, char letter)
{
    for (const struct rp_option *option = usage->options; option->name; option++)
        if (letter ? option->letter == letter : strlen(option->name) == len && !memcmp(option->name, name, len))
            return option;
    return NULL;
}

static int bad_choice(const struct rp_usage *usage, const struct rp_option *option, const char *argument)
{
    char all[200] = "";
    size_t at = 0;
    struct rp_suggest near = { .name = argument };
    for (const char *const *choice = option->choices; *choice; choice++) {
        rp_suggest_offer(&near, *choice);
        int n = snprintf(all + at, sizeof all - at, "%s%s", at ? ", " : "", *choice);
        at += n > 0 && (size_t)n < sizeof all - at ? (size_t)n : 0;
    }
    return rp_usage_error(usage->name, "--%s takes %s, not '%s'%s%s%s", option->name, all, argument,
                          near.best ? "; did you mean " : "", near.best ? near.best : "", near.best ? "?" : "");
}

static bool is_choice(const struct rp_option *option, const char *argument)
{
    if (!option->choices)
        return true;
    for (const char *const *choice = option->choices; *choice; choice++)
        if (!strcmp(*choice, argument))
            return true;
    return false;
}

static int store(const struct rp_usage *usage, const struct rp_option *option, const char *argument)
{
    if (!is_choice(option, argument))
        return bad_choice(usage, option, argument);
    if (option->text)
        *option->text = argument;
    else if (!words_add(option->words, argument))
        return rp_command_error(usage->name, "out of memory");
    return -1;
}

/* One option at argv[*at], with its argument behind '=' or in the next word; *at moves to the last word used. */
static int read_option(const struct rp_usage *usage, int argc, char **argv, int *at)
{
    const char *word = argv[*at], *argument = NULL;
    bool is_long = word[1] == '-';
    const char *name = word + (is_long ? 2 : 1);
    size_t len = is_long ? strcspn(name, "=") : 1;
    if ((is_long && !strcmp(name, "help")) || !strcmp(word, "-h")) {
        print_help(usage);
        return RP_EXIT_PASS;
    }
    const struct rp_option *option = find_option(usage, name, len, is_long ? 0 : name[0]);
    if (!option) {
        char bare[64];
        snprintf(bare, sizeof bare, "%.*s", (int)(len < 63 ? len : 63), name);
        return unknown_option(usage, word, bare);
    }
    if (name[len])
        argument = name + len + (is_long ? 1 : 0);
    if (option->flag) {
        if (argument)
            return rp_usage_error(usage->name, "--%s takes no argument", option->name);
        *option->flag = true;
        return -1;
    }
    if (!argument) {
        if (*at + 1 >= argc)
            return rp_usage_error(usage->name, "--%s wants %s", option->name, option->argument);
        argument = argv[++*at];
    }
    return store(usage, option, argument);
}

int rp_options_read(const struct rp_usage *usage, int argc, char **argv, struct rp_words *rest)
{
    bool ended = false;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        if (!ended && !strcmp(word, "--")) {
            ended = true;
        } else if (!ended && word[0] == '-' && word[1]) {
            int status = read_option(usage, argc, argv, &i);
            if (status >= 0)
                return status;
        } else if (!rest) {
            return rp_usage_error(usage->name, "what is '%s' for?", word);
        } else if (!words_add(rest, word)) {
            return rp_command_error(usage->name, "out of memory");
        }
    }
    return -1;
}
