#include "harness/scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fault(struct rp_diags *diags, const char *file, int line, const char *text)
{
    struct rp_diag *diag = rp_diag_add(diags, RP_TRANSFER, RP_ESYNTAX, "%s", text);
    diag->file = file;
    diag->line = line > 0 ? (uint32_t)line : 1;
    diag->column = 1;
}

static json_t *read_json(const char *path, struct rp_diags *diags)
{
    json_error_t error;
    json_t *read = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (!read)
        fault(diags, path, error.line, error.text);
    return read;
}

/** A number, or a string of hex digits, `more` higher. @return NULL when it is neither */
static json_t *count_up(const json_t *value, uint64_t more, uint64_t modulo)
{
    const char *hex = json_string_value(value);
    if (!hex && !json_is_integer(value))
        return NULL;
    uint64_t sum = (hex ? strtoull(hex, NULL, 16) : (uint64_t)json_integer_value(value)) + more;
    if (modulo)
        sum %= modulo;
    if (!hex)
        return json_integer((json_int_t)sum);
    char text[17];
    snprintf(text, sizeof text, "%0*llX", (int)(strlen(hex) < 16 ? strlen(hex) : 16), (unsigned long long)sum);
    return json_string(text);
}

/** Makes the k-th copy of a repeated message. */
static json_t *make_copy(const json_t *message, const json_t *repeat, size_t k, const char *file, struct rp_diags *diags)
{
    json_t *copy = json_deep_copy(message);
    char label[96];
    snprintf(label, sizeof label, "%s-%zu", json_string_value(json_object_get(message, "label")), k + 1);
    json_object_set_new(copy, "label", json_string(label));
    json_object_del(copy, "repeat");
    double at = json_number_value(json_object_get(message, "at")), every = json_number_value(json_object_get(repeat, "every"));
    json_object_set_new(copy, "at", json_real(at + every * (double)k));
    size_t i;
    const json_t *count;
    json_array_foreach(json_object_get(repeat, "count"), i, count)
    {
        const char *path = json_string_value(json_object_get(count, "path"));
        const json_t *by = json_object_get(count, "by");
        uint64_t more = (by ? (uint64_t)json_integer_value(by) : 1) * k;
        uint64_t modulo = (uint64_t)json_integer_value(json_object_get(count, "modulo"));
        json_t *value = path ? count_up(rp_scenario_at(copy, path), more, modulo) : NULL;
        if (!value || !rp_scenario_put(copy, path, value))
            fault(diags, file, 1, "`count` names no number and no hex string");
    }
    return copy;
}

/** Spells repeated messages out, all in the order of their times. */
static bool expand(json_t *scenario, const char *file, struct rp_diags *diags)
{
    json_t *messages = json_object_get(scenario, "messages"), *all = json_array();
    uint32_t before = diags->count;
    size_t i;
    const json_t *message;
    json_array_foreach(messages, i, message)
    {
        const json_t *repeat = json_object_get(message, "repeat");
        size_t times = repeat ? (size_t)json_integer_value(json_object_get(repeat, "times")) : 1;
        for (size_t k = 0; k < times; k++) {
            json_t *one = repeat ? make_copy(message, repeat, k, file, diags) : json_deep_copy(message);
            double at = json_number_value(json_object_get(one, "at"));
            size_t place = json_array_size(all);
            while (place && json_number_value(json_object_get(json_array_get(all, place - 1), "at")) > at)
                place--;
            json_array_insert_new(all, place, one);
        }
    }
    json_object_set_new(scenario, "messages", all);
    return diags->count == before;
}

/** Puts a scenario's edits on its base, which stands beside it. */
static json_t *edit_base(const char *path, json_t *scenario, struct rp_diags *diags)
{
    const char *base = json_string_value(json_object_get(scenario, "base"));
    const char *slash = strrchr(path, '/');
    char beside[512];
    snprintf(beside, sizeof beside, "%.*s%s", slash ? (int)(slash - path + 1) : 0, path, base);
    json_t *edited = read_json(beside, diags);
    bool good =
        edited && expand(edited, beside, diags) && rp_scenario_patch(edited, json_object_get(scenario, "edits"), path, diags);
    static const char *const own[] = { "about", "fails", "warns" };
    for (size_t i = 0; good && i < sizeof own / sizeof own[0]; i++)
        json_object_set(edited, own[i], json_object_get(scenario, own[i]));
    json_decref(scenario);
    if (good)
        return edited;
    json_decref(edited);
    return NULL;
}

json_t *rp_scenario_load(const char *path, struct rp_diags *diags)
{
    json_t *scenario = read_json(path, diags);
    if (!scenario)
        return NULL;
    if (json_object_get(scenario, "base"))
        return edit_base(path, scenario, diags);
    if (expand(scenario, path, diags))
        return scenario;
    json_decref(scenario);
    return NULL;
}
