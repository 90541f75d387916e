/** Functions that this project does not use, as compile errors. Included in front of every source by the build.
 *  What to use: snprintf, memcpy, rp_arena_strndup; strtok_r or a scanner; gmtime_r, localtime_r, strftime. */
#ifndef RP_BANNED_H
#define RP_BANNED_H

/* their own headers name them: read before they are poisoned */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#undef strcpy
#undef strcat
#undef strncat
#undef sprintf
#undef vsprintf
#undef strtok
#pragma GCC poison strcpy strcat strncat stpcpy sprintf vsprintf gets strtok gmtime localtime asctime ctime tmpnam mktemp

#endif
