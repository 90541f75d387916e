#include "harness/rule_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "codecs/embedded.h"
#include "harness/input.h"

enum { MAX_FILES = 4096 };

struct list {
    const char *command;
    struct rp_arena *arena;
    struct rp_rule_source *source;
    size_t n;
};

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && !strcmp(text + n - m, end);
}

static int add_file(struct list *list, const char *path)
{
    struct rp_input text;
    int error = rp_input_read(path, &text);
    if (error)
        return rp_command_error(list->command, "%s: %s", path, strerror(error));
    char *name = rp_arena_strndup(list->arena, path, strlen(path));
    char *copy = rp_arena_strndup(list->arena, text.octets, text.len);
    if (name && copy && list->n < MAX_FILES)
        list->source[list->n++] = (struct rp_rule_source){ name, copy, text.len };
    rp_input_free(&text);
    return name && copy ? 0 : rp_command_error(list->command, "out of memory");
}

static int is_lua(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && ends_with(entry->d_name, ".lua");
}

static int add_folder(struct list *list, const char *path)
{
    struct dirent **entries = NULL;
    int n = scandir(path, &entries, is_lua, alphasort), status = 0;
    if (n < 0)
        return rp_command_error(list->command, "%s: %s", path, strerror(errno));
    for (int i = 0; i < n; i++) {
        const char *file = rp_arena_printf(list->arena, "%s/%s", path, entries[i]->d_name);
        if (!status)
            status = file ? add_file(list, file) : rp_command_error(list->command, "out of memory");
        free(entries[i]);
    }
    free(entries);
    return status || n ? status : rp_command_error(list->command, "%s: no *.lua file in it", path);
}

static bool is_lib(const char *path)
{
    return !strcmp(path, "lib.lua") || ends_with(path, "/lib.lua");
}

static void add_lib(struct list *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (is_lib(list->source[i].path))
            return;
    for (const struct rp_embedded *file = rp_embedded_rules; file->path; file++)
        if (is_lib(file->path))
            list->source[list->n++] = (struct rp_rule_source){ file->path, file->start, (size_t)(file->end - file->start) };
}

int rp_rule_files_read(const char *command, const struct rp_words *paths, struct rp_arena *arena, struct rp_rule_source **sources,
                       size_t *n)
{
    struct list list = { .command = command, .arena = arena };
    list.source = rp_arena_calloc(arena, MAX_FILES + 16, sizeof *list.source);
    if (!list.source)
        return rp_command_error(command, "out of memory");
    for (size_t i = 0; i < paths->n; i++) {
        struct stat what;
        int status;
        if (!stat(paths->word[i], &what) && S_ISDIR(what.st_mode))
            status = add_folder(&list, paths->word[i]);
        else
            status = add_file(&list, paths->word[i]);
        if (status)
            return status;
    }
    add_lib(&list);
    *sources = list.source;
    *n = list.n;
    return 0;
}
