#include "codecs/arena.h"

#include <stdint.h>
#include <string.h>

#include "tools/test_support.h"

static void blocks_are_aligned_and_apart(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    uint8_t *last = NULL;
    for (size_t size = 0; size < 300; size++) {
        uint8_t *block = rp_arena_alloc(&arena, size);
        assert_non_null(block);
        assert_int_equal((uintptr_t)block % 16, 0);
        assert_ptr_not_equal(block, last);
        memset(block, 0xff, size);
        last = block;
    }
    rp_arena_free(&arena);
}

static void the_limit_holds(void **state)
{
    (void)state;
    struct rp_arena arena = { .limit = 100000 };
    size_t got = 0;
    while (rp_arena_alloc(&arena, 1000))
        got += 1008;
    assert_in_range(got, 90000, 100000);
    assert_non_null(rp_arena_alloc(&arena, 1));
    assert_null(rp_arena_alloc(&arena, 100000));
    assert_null(rp_arena_alloc(&arena, SIZE_MAX));
    assert_null(rp_arena_alloc(&arena, SIZE_MAX - 20));
    rp_arena_free(&arena);
    assert_non_null(rp_arena_alloc(&arena, 90000));
    rp_arena_free(&arena);
}

static void calloc_clears_and_refuses_overflow(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    memset(rp_arena_alloc(&arena, 64), 0xff, 64);
    rp_arena_reset(&arena);
    static const uint8_t zero[64];
    assert_memory_equal(rp_arena_calloc(&arena, 16, 4), zero, 64);
    assert_null(rp_arena_calloc(&arena, SIZE_MAX / 2, 4));
    assert_null(rp_arena_calloc(&arena, (SIZE_MAX >> 4) + 2, 16));
    rp_arena_free(&arena);
}

static void grow_stays_or_copies(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    char *block = rp_arena_alloc(&arena, 8);
    memcpy(block, "content", 8);
    assert_ptr_equal(rp_arena_grow(&arena, block, 8, 200), block);
    char *behind = rp_arena_alloc(&arena, 16);
    assert_true(behind >= block + 200);
    memset(behind, 0xee, 16);
    char *moved = rp_arena_grow(&arena, block, 200, 400);
    assert_ptr_not_equal(moved, block);
    assert_string_equal(moved, "content");
    char *far = rp_arena_grow(&arena, moved, 400, 1 << 20); /* over the chunk */
    assert_string_equal(far, "content");
    memset(far + 8, 1, (1 << 20) - 8);
    assert_int_equal((uint8_t)behind[15], 0xee);
    assert_non_null(rp_arena_grow(&arena, NULL, 0, 10));
    assert_null(rp_arena_grow(&arena, far, 1 << 20, SIZE_MAX));
    rp_arena_free(&arena);
}

static void text_helpers(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    assert_string_equal(rp_arena_strndup(&arena, "abcdef", 3), "abc");
    assert_string_equal(rp_arena_strndup(&arena, "", 0), "");
    assert_string_equal(rp_arena_printf(&arena, "%s-%d", "x", 5), "x-5");
    assert_int_equal(strlen(rp_arena_printf(&arena, "%03000d", 1)), 3000);
    rp_arena_fail_after(0);
    assert_null(rp_arena_strndup(&arena, "", 1 << 20));
    rp_arena_fail_after(-1);
    rp_arena_free(&arena);
}

static void reset_keeps_the_memory(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    for (int i = 0; i < 100; i++)
        assert_non_null(rp_arena_alloc(&arena, 5000));
    rp_arena_reset(&arena); /* makes one chunk of them */
    uint64_t before = rp_arena_system_allocs();
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 100; i++)
            assert_non_null(rp_arena_alloc(&arena, 5000));
        rp_arena_reset(&arena);
    }
    assert_int_equal(rp_arena_system_allocs(), before);
    rp_arena_free(&arena);
}

static void a_reset_that_is_refused_leaves_a_usable_arena(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    for (int i = 0; i < 100; i++)
        assert_non_null(rp_arena_alloc(&arena, 5000));
    rp_arena_fail_after(0);
    rp_arena_reset(&arena);
    assert_null(rp_arena_alloc(&arena, 1));
    rp_arena_fail_after(-1);
    assert_non_null(rp_arena_alloc(&arena, 1));
    rp_arena_reset(&arena);
    rp_arena_free(&arena);
}

static void the_nth_allocation_fails(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    rp_arena_fail_after(2);
    assert_non_null(rp_arena_alloc(&arena, 20000));
    assert_non_null(rp_arena_alloc(&arena, 100000));
    assert_null(rp_arena_alloc(&arena, 1 << 20));
    assert_null(rp_arena_alloc(&arena, 1 << 20));
    rp_arena_fail_after(-1);
    assert_non_null(rp_arena_alloc(&arena, 1 << 20));
    rp_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_aligned_and_apart),
        cmocka_unit_test(the_limit_holds),
        cmocka_unit_test(calloc_clears_and_refuses_overflow),
        cmocka_unit_test(grow_stays_or_copies),
        cmocka_unit_test(text_helpers),
        cmocka_unit_test(reset_keeps_the_memory),
        cmocka_unit_test(a_reset_that_is_refused_leaves_a_usable_arena),
        cmocka_unit_test(the_nth_allocation_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
