#include "harness/capture/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* large enough that system calls cost nothing, small enough to stay in the second-level cache */
enum { BLOCK = 256 << 10 };

int rp_input_open(struct rp_input *input, const struct rp_capture_source *source)
{
    memset(input, 0, sizeof *input);
    input->fd = -1;
    if (source->octets) {
        input->start = input->at = source->octets;
        input->end = source->octets + source->len;
        input->size = source->len;
        return 0;
    }
    int fd = strcmp(source->name, "-") == 0 ? STDIN_FILENO : open(source->name, O_RDONLY | O_CLOEXEC);
    struct stat stat;
    if (fd < 0 || fstat(fd, &stat) != 0)
        return -1;
    if (S_ISDIR(stat.st_mode)) {
        close(fd);
        errno = EISDIR;
        return -1;
    }
    input->buffer = malloc(BLOCK);
    if (!input->buffer) {
        if (fd != STDIN_FILENO)
            close(fd);
        errno = ENOMEM;
        return -1;
    }
    input->fd = fd;
    input->capacity = BLOCK;
    input->size = S_ISREG(stat.st_mode) && stat.st_size > 0 ? (uint64_t)stat.st_size : 0;
    input->start = input->at = input->end = input->buffer;
    return 0;
}

void rp_input_close(struct rp_input *input)
{
    if (input->fd > STDIN_FILENO)
        close(input->fd);
    free(input->buffer);
    input->buffer = NULL;
    input->fd = -1;
}

/* the octets at hand move to the front of the buffer */
static void compact(struct rp_input *input)
{
    size_t left = (size_t)(input->end - input->at);
    input->start_offset = rp_input_offset(input);
    if (left)
        memmove(input->buffer, input->at, left);
    input->start = input->at = input->buffer;
    input->end = input->buffer + left;
}

/* doubles: a length field alone never causes a large allocation, only octets that are there do */
static int grow(struct rp_input *input)
{
    size_t left = (size_t)(input->end - input->at);
    uint8_t *buffer = realloc(input->buffer, input->capacity * 2);
    if (!buffer) {
        input->error = ENOMEM;
        return -1;
    }
    input->buffer = buffer;
    input->capacity *= 2;
    input->start = input->at = buffer;
    input->end = buffer + left;
    return 0;
}

/* @return octets read; 0 at the end or after an error */
static size_t read_more(struct rp_input *input)
{
    size_t used = (size_t)(input->end - input->buffer);
    ssize_t got;
    do
        got = read(input->fd, input->buffer + used, input->capacity - used);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        input->error = errno;
    if (got <= 0) {
        input->ended = 1;
        return 0;
    }
    input->end += got;
    return (size_t)got;
}

const uint8_t *rp_input_fill(struct rp_input *input, size_t n)
{
    if (input->fd < 0 || input->ended)
        return (size_t)(input->end - input->at) >= n ? input->at : NULL;
    compact(input);
    while ((size_t)(input->end - input->at) < n) {
        if ((size_t)(input->end - input->buffer) == input->capacity && grow(input) != 0)
            return NULL;
        if (!read_more(input))
            return NULL;
    }
    return input->at;
}

uint64_t rp_input_skip(struct rp_input *input, uint64_t n)
{
    uint64_t done = 0;
    for (;;) {
        uint64_t left = (uint64_t)(input->end - input->at);
        uint64_t take = left < n - done ? left : n - done;
        input->at += take;
        done += take;
        if (done == n || !rp_input_fill(input, 1))
            return done;
    }
}
