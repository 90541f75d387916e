/** What a command is given to work on: files, standard input, hex on the command line. */
#ifndef RP_INPUT_H
#define RP_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RP_INPUT_MAX_OCTETS = 256 << 20 };

/** Octets read, with a NUL behind them that is not counted. Give back with rp_input_free. */
struct rp_input {
    char *octets;
    size_t len;
};
void rp_input_free(struct rp_input *input);

/** Reads a file; "-" or NULL is standard input. @return 0, or an errno value (EFBIG: over RP_INPUT_MAX_OCTETS) */
int rp_input_read(const char *path, struct rp_input *input);

/** Reads an operand: "-", a file of that name, or else hex or JSON text as it stands. Errno values as rp_input_read; ENOENT when
 *  it is none of these. */
int rp_input_operand(const char *operand, struct rp_input *input);

/** Turns hex text to octets: digits of either case; blanks, line ends, colons and commas between octets; "0x" in front of an
 * octet.
 *  @param out  room for len / 2 octets; may be `text` itself
 *  @param at   offset of the first wrong character, when the result is false (an odd digit: its own offset) */
bool rp_hex_read(const char *text, size_t len, uint8_t *out, size_t *n, size_t *at);

enum rp_form { RP_FORM_HEX, RP_FORM_BIN, RP_FORM_JSON };

/** Tells what an input is: hex digits (or nothing), text that is JSON or opens like it, or else binary.
 *  @param prefer  RP_FORM_HEX or RP_FORM_JSON: what digits alone are, which may be either */
enum rp_form rp_input_form(const struct rp_input *input, enum rp_form prefer);

#endif
