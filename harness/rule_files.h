/** Rule files that a user names instead of the shipped ones. */
#ifndef RP_RULE_FILES_H
#define RP_RULE_FILES_H

#include "codecs/arena.h"
#include "harness/command.h"
#include "harness/script/rules.h"

/** Reads files, and of folders every *.lua in them (not below). The shipped lib.lua is added when none of them is a lib.lua.
 *  @param sources, n  owned by the arena
 *  @return 0, or an exit status after an error was printed */
int rp_rule_files_read(const char *command, const struct rp_words *paths, struct rp_arena *arena, struct rp_rule_source **sources,
                       size_t *n);

#endif
