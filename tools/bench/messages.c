#include "tools/bench/messages.h"

#include <string.h>

#include "codecs/per/per.h"
#include "codecs/value/json.h"

#define REJECT "\"criticality\":\"reject\",\"value\":"
#define IGNORE "\"criticality\":\"ignore\",\"value\":"

/** `n` octets of filler as hex digits in quotes. */
static void hex(struct rp_text *text, size_t n)
{
    rp_text_puts(text, "\"");
    for (size_t i = 0; i < n; i++)
        rp_text_printf(text, "%02zX", (i * 37 + 11) & 0xff);
    rp_text_puts(text, "\"");
}

static void procedure(struct rp_text *text, int code, const char *criticality)
{
    rp_text_printf(text, "{\"initiatingMessage\":{\"procedureCode\":%d,\"criticality\":\"%s\",\"value\":{\"protocolIEs\":[", code,
                   criticality);
}

static void request_ids(struct rp_text *text)
{
    rp_text_puts(text, "{\"id\":29," REJECT "{\"ricRequestorID\":1021,\"ricInstanceID\":7}},{\"id\":5," REJECT "147},");
}

static void indication(struct rp_text *text, size_t filler)
{
    procedure(text, 5, "ignore");
    request_ids(text);
    rp_text_puts(text, "{\"id\":15," REJECT "3},{\"id\":27," REJECT "4711},{\"id\":28," REJECT "\"report\"},{\"id\":25," REJECT);
    hex(text, 9);
    rp_text_puts(text, "},{\"id\":26," REJECT);
    hex(text, filler);
    rp_text_puts(text, "}]}}}");
}

static void setup(struct rp_text *text, int functions, int components, size_t filler)
{
    procedure(text, 1, "reject");
    rp_text_puts(text, "{\"id\":49," REJECT "17},{\"id\":3," REJECT
                       "{\"gNB\":{\"global-gNB-ID\":{\"plmn-id\":\"00F110\",\"gnb-id\":{\"gnb-ID\":{\"value\":\"00000CE0\","
                       "\"length\":32}}}}}},{\"id\":10," REJECT "[");
    for (int i = 0; i < functions; i++) {
        rp_text_printf(text, "%s{\"id\":8," IGNORE "{\"ranFunctionID\":%d,\"ranFunctionDefinition\":", i ? "," : "", 2 + i);
        hex(text, filler / (size_t)functions + (i == 0 ? filler % (size_t)functions : 0));
        rp_text_puts(text, ",\"ranFunctionRevision\":1,\"ranFunctionOID\":\"1.3.6.1.4.1.53148.1.2.2.2\"}}");
    }
    rp_text_puts(text, "]},{\"id\":50," REJECT "[");
    for (int i = 0; i < components; i++) {
        rp_text_printf(text,
                       "%s{\"id\":51," REJECT "{\"e2nodeComponentInterfaceType\":\"ng\",\"e2nodeComponentID\":"
                       "{\"e2nodeComponentInterfaceTypeNG\":{\"amf-name\":\"amf-%02d\"}},\"e2nodeComponentConfiguration\":"
                       "{\"e2nodeComponentRequestPart\":",
                       i ? "," : "", i);
        hex(text, 40);
        rp_text_puts(text, ",\"e2nodeComponentResponsePart\":");
        hex(text, 30);
        rp_text_puts(text, "}}}");
    }
    rp_text_puts(text, "]}]}}}");
}

static void setup_small(struct rp_text *text, size_t filler)
{
    setup(text, 1, 1, filler);
}
static void setup_large(struct rp_text *text, size_t filler)
{
    setup(text, 8, 4, filler);
}

static void subscription(struct rp_text *text, int actions, size_t filler)
{
    procedure(text, 8, "reject");
    request_ids(text);
    rp_text_puts(text, "{\"id\":30," REJECT "{\"ricEventTriggerDefinition\":\"0803E7\",\"ricAction-ToBeSetup-List\":[");
    for (int i = 0; i < actions; i++) {
        rp_text_printf(text, "%s{\"id\":19," IGNORE "{\"ricActionID\":%d,\"ricActionType\":\"report\",\"ricActionDefinition\":",
                       i ? "," : "", i);
        hex(text, filler / (size_t)actions + (i == 0 ? filler % (size_t)actions : 0));
        rp_text_puts(text, ",\"ricSubsequentAction\":{\"ricSubsequentActionType\":\"continue\",\"ricTimeToWait\":\"w10ms\"}}}");
    }
    rp_text_puts(text, "]}}]}}}");
}

static void subscription_small(struct rp_text *text, size_t filler)
{
    subscription(text, 1, filler);
}
static void subscription_large(struct rp_text *text, size_t filler)
{
    subscription(text, 16, filler);
}

/** `records` of `values` each; the filler goes into the last measurement's name. */
static void kpm(struct rp_text *text, int records, int values, size_t filler)
{
    rp_text_puts(text, "{\"indicationMessage-formats\":{\"indicationMessage-Format1\":{\"measData\":[");
    for (int r = 0; r < records; r++) {
        rp_text_puts(text, r ? ",{\"measRecord\":[" : "{\"measRecord\":[");
        for (int v = 0; v < values; v++)
            rp_text_printf(text, "%s{\"integer\":%d}", v ? "," : "", (r * 7919 + v * 104729) & 0xffffff);
        rp_text_puts(text, "]}");
    }
    rp_text_puts(text, "],\"measInfoList\":[");
    for (int v = 0; v < values; v++) {
        rp_text_printf(text, "%s{\"measType\":{\"measName\":\"M%d", v ? "," : "", v);
        for (size_t i = 0; v == values - 1 && i < filler; i++)
            rp_text_puts(text, "x");
        rp_text_puts(text, "\"},\"labelInfoList\":[{\"measLabel\":{\"noLabel\":\"true\"}}]}");
    }
    rp_text_puts(text, "],\"granulPeriod\":1000}}}");
}

static void kpm_small(struct rp_text *text, size_t filler)
{
    kpm(text, 4, 8, filler);
}
static void kpm_large(struct rp_text *text, size_t filler)
{
    kpm(text, 20, 10, filler);
}

static void (*const builders[])(struct rp_text *, size_t) = { setup_small, setup_large, subscription_small, subscription_large,
                                                              indication,  indication,  kpm_small,          kpm_large };

const struct rp_bench_message rp_bench_messages[] = {
    { "E2setupRequest, 1 function", "e2ap-03.01", "E2AP-PDU", 458 },
    { "E2setupRequest, 8 functions", "e2ap-03.01", "E2AP-PDU", 3264 },
    { "RICsubscriptionRequest, 1 action", "e2ap-03.01", "E2AP-PDU", 150 },
    { "RICsubscriptionRequest, 16 actions", "e2ap-03.01", "E2AP-PDU", 1876 },
    { "RICindication", "e2ap-03.01", "E2AP-PDU", 295 },
    { "RICindication", "e2ap-03.01", "E2AP-PDU", 1021 },
    { "KPM IndicationMessage, 4 records of 8", "e2sm-kpm-03.00", "E2SM-KPM-IndicationMessage", 236 },
    { "KPM IndicationMessage, 20 records of 10", "e2sm-kpm-03.00", "E2SM-KPM-IndicationMessage", 962 },
};
const size_t rp_bench_n_messages = sizeof rp_bench_messages / sizeof rp_bench_messages[0];

static bool encode(size_t i, size_t filler, const struct rp_type *type, struct rp_arena *arena, const uint8_t **out, size_t *len,
                   struct rp_diags *diags)
{
    struct rp_text text = { .arena = arena };
    builders[i](&text, filler);
    if (text.failed)
        return false;
    struct rp_tree tree = rp_json_read(type, text.chars, text.len, arena, diags);
    return tree.n_nodes && rp_per_encode(&tree, RP_ALIGNED, RP_CHECKED, arena, out, len, diags);
}

bool rp_bench_message(size_t i, struct rp_registry *registry, struct rp_arena *arena, const struct rp_type **type,
                      const uint8_t **out, struct rp_diags *diags)
{
    const struct rp_bench_message *row = &rp_bench_messages[i];
    const struct rp_schema *schema = rp_registry_set(registry, row->set, diags);
    *type = schema ? rp_schema_type(schema, row->type_name) : NULL;
    size_t len = 0, filler = 1;
    for (int tries = 0; *type && tries < 16; tries++) {
        if (!encode(i, filler, *type, arena, out, &len, diags))
            return false;
        if (len == row->octets)
            return true;
        if (len > row->octets && len - row->octets >= filler)
            break;
        filler += row->octets - len;
    }
    if (*type)
        rp_diag_add(diags, RP_TRANSFER, RP_ESIZE, "%s can't be made %zu octets long (%zu with a filler of %zu)", row->name,
                    row->octets, len, filler);
    return false;
}
