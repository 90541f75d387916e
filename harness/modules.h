/** The module sets that a command works with: the shipped ones and those of `--module FILE`. */
#ifndef RP_MODULES_H
#define RP_MODULES_H

#include "codecs/asn1/registry.h"
#include "harness/command.h"

/** A registry with the shipped sets and `--module` files added; errors go to stderr.
 *  @return NULL after an error was printed; else free with rp_registry_free */
struct rp_registry *rp_registry_with(const char *command, const struct rp_words *files);

#endif
