/** What every fuzz target defines. */
#ifndef RP_FUZZ_H
#define RP_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/** Works on one input; crashes when something is wrong with the program. @return 0 */
int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t len);

#endif
