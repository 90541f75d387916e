/* Rules against scripted messages: what they see of a message, what becomes of what they say. */
#include "tools/test_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/script/scripted.h"

static struct rp_registry *registry;

static int set_up(void **state)
{
    (void)state;
    registry = rp_registry_new();
    return registry ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    rp_registry_free(registry);
    return 0;
}

/* Messages of E2AP 03.01: PDU(kind, procedure, criticality, IEs), IE(id, value) */
#define PDU(KIND, CODE, IES)                                                                                                     \
    "\"message\":{\"" KIND "\":{\"procedureCode\":" CODE ",\"criticality\":\"reject\",\"value\":{\"protocolIEs\":[" IES "]}}}"
#define IE(ID, VALUE) "{\"id\":" ID ",\"criticality\":\"reject\",\"value\":" VALUE "}"
#define REQUEST_ID(N) IE("29", "{\"ricRequestorID\":" N ",\"ricInstanceID\":0}")
#define FUNCTION(N)   IE("5", N)
#define ACTION_REPORT                                                                                                            \
    "{\"id\":19,\"criticality\":\"ignore\",\"value\":{\"ricActionID\":7,\"ricActionType\":\"report\",\"ricActionDefinition\":"   \
    "\"0A0B\"}}"
#define ACTION_POLICY "{\"id\":19,\"criticality\":\"ignore\",\"value\":{\"ricActionID\":9,\"ricActionType\":\"policy\"}}"
#define DETAILS                                                                                                                  \
    IE("30", "{\"ricEventTriggerDefinition\":\"00\",\"ricAction-ToBeSetup-List\":[" ACTION_REPORT "," ACTION_POLICY "]}")

#define SUBSCRIBE(T, N)                                                                                                          \
    "{\"t\":" T ",\"from\":\"ric\"," PDU("initiatingMessage", "8", REQUEST_ID(N) "," FUNCTION("2") "," DETAILS) "}\n"
#define ADMITTED IE("17", "[{\"id\":14,\"criticality\":\"ignore\",\"value\":{\"ricActionID\":7}}]")
#define ACCEPT(T, N)                                                                                                             \
    "{\"t\":" T ",\"from\":\"e2node\"," PDU("successfulOutcome", "8", REQUEST_ID(N) "," FUNCTION("2") "," ADMITTED) "}\n"
#define INDICATION(T, N, SN)                                                                                                     \
    "{\"t\":" T                                                                                                                  \
    ",\"from\":\"e2node\",\"stream\":3," PDU("initiatingMessage", "5",                                                           \
                                             REQUEST_ID(N) "," FUNCTION("2") "," IE("15", "7") "," IE("27", SN) "," IE(          \
                                                 "28", "\"report\"") "," IE("25", "\"00\"") "," IE("26", "\"0102\"")) "}\n"
#define EVENT(T, NAME) "{\"t\":" T ",\"event\":\"" NAME "\"}\n"
#define UP             EVENT("0", "up")

struct row {
    const char *what, *metadata, *body, *lines;
    enum rp_verdict verdict;
    const char *why;      /* of the verdict; NULL: any */
    const char *findings; /* each "verdict side message [path] frame xTIMES: text; expected E, seen S\n" */
};

#define NODE   "level = 'must', judges = 'e2node', "
#define BOTH   "level = 'must', judges = 'both', "
#define SHOULD "level = 'should', judges = 'both', "

/* clang-format off */
static const struct row rows[] = {
    { "kept", NODE "on = 'RICindication'", "", UP INDICATION("1", "1", "4"), RP_PASS, "", "" },
    { "not met", NODE "on = { 'RICcontrolRequest', 'RICcontrolFailure' }", "", UP INDICATION("1", "1", "4"), RP_SKIP,
      "not exercised: no RICcontrolRequest or RICcontrolFailure in the capture", "" },
    { "not concerned, with a reason", NODE "on = 'RICindication'", "return false, 'no insert indication'", INDICATION("1", "1", "4"),
      RP_SKIP, "not exercised: no insert indication", "" },
    { "not concerned, without", NODE "on = '*'", "return false", INDICATION("1", "1", "4") INDICATION("1", "1", "4"), RP_SKIP,
      "not exercised: none of 2 events concerned it", "" },
    { "another edition", NODE "on = 'RICindication', editions = { to = '02.03' }", "", INDICATION("1", "1", "4"), RP_SKIP,
      "not exercised: for E2AP 02.03 and earlier, the capture has 07.00", "" },
    { "fields of the message", BOTH "on = '*'",
      "r:remark(m, string.format('%s %d %d %.1f %s %s %d %d %s %s', m.name, m.number, m.frame, m.time, m.from, m.to, m.ppid, m.stream,"
      " m.event, m.link.from_start), { seen = #m.octets })",
      INDICATION("1.5", "1", "4"), RP_PASS, "",
      "pass e2node RICindication [] 1 x1: RICindication 1 1 0.0 e2node ric 70 3 nil true; expected , seen 51\n" },
    { "values", BOTH "on = 'RICindication'",
      "assert(m.RANfunctionID == 2 and m.RICindicationType == 'report' and m.RICindicationMessage == '\\1\\2')\n"
      "assert(m.RICrequestID.ricRequestorID == 513 and m:get('RICrequestID.ricInstanceID') == 0)\n"
      "assert(m.RICcallProcessID == nil and m:get('RICcallProcessID') == nil and not m:has('RICcallProcessID'))\n"
      "assert(m:get('RICrequestID.criticality') == 'reject' and m:get('RICrequestID.id') == 29)\n"
      "assert(m:key('RICcallProcessID') == nil and m:count('RANfunctionsAdded') == 0)\n",
      INDICATION("0", "513", "4"), RP_PASS, "", "" },
    { "lists", BOTH "on = 'RICsubscriptionRequest'",
      "local list, said = 'RICsubscriptionDetails.ricAction-ToBeSetup-List', {}\n"
      "assert(m:count(list) == 2 and m:get(list .. '[1].ricActionType') == 'policy')\n"
      "assert(m.RICsubscriptionDetails['ricAction-ToBeSetup-List'][1].ricActionID == 7)\n"
      "for i, item in m:each(list) do\n"
      "  said[#said + 1] = i .. item.ricActionType .. item:get('ricActionID') .. tostring(item:has('ricActionDefinition'))\n"
      "  if i == 1 then r:finding(item, table.concat(said, ' '), { path = 'ricActionID', seen = 9, side = 'ric' }) end\n"
      "end\n",
      SUBSCRIBE("0", "1"), RP_FAIL, "",
      "fail ric RICsubscriptionRequest [RICsubscriptionRequest.RICsubscriptionDetails.ricAction-ToBeSetup-List[1].ricActionID] 1 x1: "
      "0report7true 1policy9false; expected , seen 9\n" },
    { "the key is the value's", BOTH "on = { 'RICsubscriptionRequest', 'RICindication' }",
      "local s = r:state(m)\ns.first = s.first or m:key('RICrequestID')\n"
      "if m:key('RICrequestID') ~= s.first then r:finding(m, 'another', { path = 'RICrequestID' }) end",
      SUBSCRIBE("0", "1") INDICATION("1", "1", "0") INDICATION("2", "256", "0"), RP_FAIL, "",
      "fail e2node RICindication [RICindication.RICrequestID] 3 x1: another; expected , seen \n" },
    { "an item kept too long", BOTH "on = { 'RICsubscriptionRequest', 'RICindication' }",
      "local s = r:state(m)\nif s.item then return s.item.ricActionID end\n"
      "for _, item in m:each('RICsubscriptionDetails.ricAction-ToBeSetup-List') do s.item = item end",
      SUBSCRIBE("0", "1") INDICATION("1", "1", "0"), RP_ERROR,
      "rules/x.lua:4: an item or payload of an earlier message; keep values, not the object (at RICindication in frame 2)", "" },
    { "unknown IE", BOTH "on = 'RICindication'", "return m.RICrequestId", INDICATION("0", "1", "0"), RP_ERROR,
      "rules/x.lua:3: RICindication has no IE RICrequestId; did you mean RICrequestID? (at RICindication in frame 1)", "" },
    { "unknown component", BOTH "on = 'RICindication'", "local path = 'RICrequestID.ricRequesterID'\nreturn m:get(path)", INDICATION("0", "1", "0"), RP_ERROR,
      "rules/x.lua: RICrequestID has no component ricRequesterID; did you mean ricRequestorID? (at RICindication in frame 1)", "" },
    { "unknown component, not in a tail call", BOTH "on = 'RICindication'", "local x = m:get('RICrequestID.ricRequesterID')\nreturn x",
      INDICATION("0", "1", "0"), RP_ERROR,
      "rules/x.lua:3: RICrequestID has no component ricRequesterID; did you mean ricRequestorID? (at RICindication in frame 1)", "" },
    { "index into no list", BOTH "on = 'RICindication'", "local x = m:get('RICrequestID[0]')\nreturn x", INDICATION("0", "1", "0"), RP_ERROR,
      "rules/x.lua:3: RICrequestID is no list, so it has no [0] (at RICindication in frame 1)", "" },
    { "an IE of another message is nil", BOTH "on = 'RICindication'", "assert(m.RANfunctionsAdded == nil and m.TransactionID == nil)",
      INDICATION("0", "1", "0"), RP_PASS, "", "" },
    { "unknown field of the link", BOTH "on = 'RICindication'", "return m.link.edition", INDICATION("0", "1", "0"), RP_ERROR,
      "rules/x.lua:3: m.link has no edition (at RICindication in frame 1)", "" },
    { "unknown method", BOTH "on = 'RICindication'", "r:findings(m, 'x')", INDICATION("0", "1", "0"), RP_ERROR,
      "rules/x.lua:3: r has no findings; did you mean finding? (at RICindication in frame 1)", "" },
    { "unknown option", BOTH "on = 'RICindication'", "r:finding(m, 'x', { expcted = 1 })", INDICATION("0", "1", "0"), RP_ERROR,
      "rules/x.lua:3: unknown option expcted; did you mean expected? (at RICindication in frame 1)", "" },
    { "questions in odd forms", BOTH "on = 'RICindication'",
      "local s = { m = { get = function(_, x) return x end } }\n"
      "assert(m : get ( \"RANfunctionID\" ) == 2 and m:get'RANfunctionID' == 2 and s.m:get('a') == 'a')\n"
      "assert(m:has('RICcallProcessID') == false and m:has('RANfunctionID') == true and m:get('RICcallProcessID') == nil)\n"
      "assert(m:get(\n'RANfunctionID'\n) == 2 and m:key('RICrequestID') == m:key('RIC' .. 'requestID'))\n"
      "error('line')", INDICATION("0", "1", "0"), RP_ERROR, "rules/x.lua:9: line (at RICindication in frame 1)", "" },
    { "a question whose answer is not used", BOTH "on = 'RICindication'", "m:get('RANfunctionID')\nassert(m:get('RANfunctionID') == 2)",
      INDICATION("0", "1", "0"), RP_PASS, "", "" },
    { "an item called m", BOTH "on = 'RICsubscriptionRequest'",
      "for _, m in m:each('RICsubscriptionDetails.ricAction-ToBeSetup-List') do assert(m:get('ricActionID') > 6 and m:has('ricActionType')) end",
      SUBSCRIBE("0", "1"), RP_PASS, "", "" },
    { "m assigned", BOTH "on = 'RICindication'", "local n = m\nn.x = 1", INDICATION("0", "1", "0"), RP_ERROR,
      "rules/x.lua:4: m can't be assigned to; keep values in r:state(m) (at RICindication in frame 1)", "" },
    { "m assigned where it has a value", BOTH "on = 'RICindication'", "local x = m.name == 'a'\nif x then m . name  = 'b' end",
      INDICATION("0", "1", "0"), RP_ERROR, "rules/x.lua:4: m can't be assigned to; keep values in r:state(m)", "" },
    { "called once after an error", BOTH "on = 'RICindication'", "local s = r:state(m)\ns.n = (s.n or 0) + 1\nerror('call ' .. s.n)",
      INDICATION("0", "1", "0") INDICATION("0", "1", "0"), RP_ERROR, "rules/x.lua:5: call 1 (at RICindication in frame 1)", "" },
    { "endless", BOTH "on = 'RICindication'", "while true do end", INDICATION("0", "1", "0"), RP_ERROR,
      "rules/x.lua:3: it does not end: more than a million rounds of a loop in one call (at RICindication in frame 1)", "" },
    { "endless by tail calls", BOTH "on = 'RICindication'", "local function f(n)\nreturn f(n + 1)\nend\nf(1)", INDICATION("0", "1", "0"), RP_ERROR,
      "rules/x.lua:3: it does not end: more than a million rounds of a loop in one call (at RICindication in frame 1)", "" },
    { "endless by goto", BOTH "on = 'RICindication'", "::again::\ngoto again", INDICATION("0", "1", "0"), RP_ERROR,
      "rules/x.lua:4: it does not end: more than a million rounds of a loop in one call (at RICindication in frame 1)", "" },
    { "without end to the stack", BOTH "on = 'RICindication'", "local function f(n)\nreturn 1 + f(n + 1)\nend\nf(1)", INDICATION("0", "1", "0"), RP_ERROR,
      NULL, "" },
    { "words in strings and comments, a label at the end", BOTH "on = 'RICindication'",
      "local n, s = 0, [==[ do ]] repeat ]==] -- goto do\n--[[ function () do ]]\n"
      "for i = 1, 3 do if i == 2 then goto continue end n = n + i local t = 'do \\' do' ::continue:: end\n"
      "repeat local done = true n = n + 1 until done while n < 9 do n = n + 1 end\n"
      "local t = { m = {} }\nt.m.x = 1\nassert(n == 9 and #s == 14)", INDICATION("0", "1", "0"), RP_PASS, "", "" },
    { "a side that is not judged", NODE "on = 'RICsubscriptionRequest'", "r:finding(m, 'x')", SUBSCRIBE("0", "1"), RP_ERROR,
      "rules/x.lua:3: a finding against the ric, but the rule judges e2node (at RICsubscriptionRequest in frame 1)", "" },
    { "should warns, findings fold", SHOULD "on = 'RICindication'", "r:finding(m, 'odd', { expected = 0, seen = m.RICindicationSN })",
      INDICATION("0", "1", "4") INDICATION("1", "1", "5"), RP_WARN, "",
      "warning e2node RICindication [] 1 x2: odd; expected 0, seen 4\n" },
    { "subscription as before the message", BOTH "on = { 'RICsubscriptionRequest', 'RICsubscriptionResponse', 'RICindication' }",
      "local s = m.subscription\n"
      "if not s then r:remark(m, 'none') else\n"
      "r:remark(m, s.state .. ' ' .. s.function_id .. ' ' .. s.frame, { seen = s.actions[7].type .. tostring(s.actions[7].admitted) }) end",
      SUBSCRIBE("0", "1") ACCEPT("1", "1") INDICATION("2", "1", "0") INDICATION("3", "9", "0"), RP_PASS, "",
      "pass ric RICsubscriptionRequest [] 1 x1: none; expected , seen \n"
      "pass e2node RICsubscriptionResponse [] 2 x1: requested 2 1; expected , seen reportnil\n"
      "pass e2node RICindication [] 3 x1: live 2 1; expected , seen reporttrue\n"
      "pass e2node RICindication [] 4 x1: none; expected , seen \n" },
    { "lib and tables by key", BOTH "on = '*'",
      "local t = { b = 1, a = 2, [3] = 1, [1] = 1 }\nlocal s = ''\nfor k in pairs(t) do s = s .. k end\nr:remark(m, s)",
      INDICATION("0", "1", "0"), RP_PASS, "", "pass e2node RICindication [] 1 x1: 13ab; expected , seen \n" },
    { "SCTP events", BOTH "on = { '@link', '@shutdown', '@end' }", "r:remark(m, m.event .. ' ' .. m.time, { seen = m.text })",
      INDICATION("1", "1", "0") EVENT("3", "shutdown") EVENT("5", "gone"), RP_PASS, "",
      "pass  @link [] 1 x1: @link 0.0; expected , seen \n"
      "pass e2node @shutdown [] 2 x1: @shutdown 2.0; expected , seen shutdown\n"
      "pass e2node @end [] 3 x1: @end 4.0; expected , seen gone\n" },
    { "refused", BOTH "on = { '@refused', '*' }", "if m.event then r:finding(m, 'unreadable') else assert(not m.diag) end",
      INDICATION("1", "1", "0") "{\"hex\":\"00054033\"}\n", RP_FAIL, "",
      "fail e2node RICindication [E2AP-PDU.initiatingMessage.value] 2 x1: unreadable; expected 51 more octets, seen 0\n" },
    { "a finding of the decoder, narrowed", BOTH "on = '@finding', err = 'EMISSING'", "r:finding(m, 'missing: ' .. m.diag.ie, { path = 'x', seen = m.diag.err, expected = m.diag.grade })",
      "{\"from\":\"ric\"," PDU("initiatingMessage", "8", REQUEST_ID("1") "," DETAILS) "}\n" INDICATION("1", "1", "0"), RP_FAIL, "",
      "fail ric RICsubscriptionRequest [RICsubscriptionRequest.x] 1 x1: missing: RANfunctionID; expected protocol, seen EMISSING\n" },
};

#define PENDING                                                                                                                           \
    "if m.name == 'RICsubscriptionRequest' then r:pending(m:key('RICrequestID'), m, { within = 5, what = 'the answer', value = m.number })\n" \
    "elseif m.name == 'ErrorIndication' then r:forget(m:key('RICrequestID'), m)\n"                                                        \
    "else local p = r:settle(m:key('RICrequestID'), m, 'answers nothing')\n"                                                              \
    "if p then r:remark(m, p.name .. p.frame .. tostring(p.late) .. p.value) end end\n"
#define PENDING_ON NODE "on = { 'RICsubscriptionRequest', 'RICsubscriptionResponse', 'ErrorIndication' }"
#define ERROR_INDICATION(T, N) "{\"t\":" T "," PDU("initiatingMessage", "2", REQUEST_ID(N)) "}\n"

static const struct row pending_rows[] = {
    { "answered in time", PENDING_ON, PENDING, SUBSCRIBE("0", "1") ACCEPT("5.1", "1"), RP_PASS, "",
      "pass e2node RICsubscriptionResponse [] 2 x1: RICsubscriptionRequest1false1; expected , seen \n" },
    { "too late", PENDING_ON, PENDING, SUBSCRIBE("0", "1") ACCEPT("5.3", "1"), RP_FAIL, "",
      "fail e2node RICsubscriptionResponse [] 2 x1: the answer came later than 5 s; expected within 5 s, seen 5.300 s after frame 1\n"
      "pass e2node RICsubscriptionResponse [] 2 x1: RICsubscriptionRequest1true1; expected , seen \n" },
    { "never", PENDING_ON, PENDING, SUBSCRIBE("0", "1") INDICATION("6", "1", "0"), RP_FAIL, "",
      "fail e2node RICsubscriptionRequest [] 1 x1: the answer did not come within 5 s; expected the answer within 5 s, seen nothing\n" },
    { "the capture ends first", PENDING_ON, PENDING, SUBSCRIBE("0", "1") INDICATION("4", "1", "0"), RP_INCONCLUSIVE,
      "the capture ends before the answer came",
      "inconclusive e2node RICsubscriptionRequest [] 1 x1: the capture ends before the answer came; expected the answer within 5 s, seen nothing\n" },
    { "the association ends first", PENDING_ON, PENDING, SUBSCRIBE("0", "1") EVENT("4", "abort") EVENT("40", "gone"), RP_INCONCLUSIVE,
      "the association ends before the answer came",
      "inconclusive e2node RICsubscriptionRequest [] 1 x1: the association ends before the answer came; expected the answer within 5 s, seen nothing\n" },
    { "chunks were lost", PENDING_ON, PENDING, SUBSCRIBE("0", "1") EVENT("1", "lost-tsn") INDICATION("9", "1", "0"), RP_INCONCLUSIVE,
      "the answer was not seen, but the capture lacks chunks of this association",
      "inconclusive e2node RICsubscriptionRequest [] 1 x1: the answer was not seen, but the capture lacks chunks of this association; "
      "expected the answer within 5 s, seen nothing\n" },
    { "the older one first", PENDING_ON, PENDING, SUBSCRIBE("0", "1") SUBSCRIBE("1", "1") ACCEPT("2", "1") ACCEPT("2", "1"), RP_PASS, "",
      "pass e2node RICsubscriptionResponse [] 3 x1: RICsubscriptionRequest1false1; expected , seen \n"
      "pass e2node RICsubscriptionResponse [] 4 x1: RICsubscriptionRequest2false2; expected , seen \n" },
    { "answers nothing", PENDING_ON, PENDING, UP ACCEPT("2", "1"), RP_FAIL, "",
      "fail e2node RICsubscriptionResponse [] 2 x1: answers nothing; expected , seen \n" },
    { "answers what may have been lost", PENDING_ON, PENDING, UP INDICATION("0", "1", "1") EVENT("1", "lost-tsn") ACCEPT("2", "1"),
      RP_INCONCLUSIVE, "answers nothing",
      "inconclusive e2node RICsubscriptionResponse [] 4 x1: answers nothing; expected the capture to hold every chunk of the association, "
      "seen chunks are missing\n" },
    { "answers what may be older than the capture", PENDING_ON, PENDING, EVENT("0", "midway") ACCEPT("2", "1"), RP_INCONCLUSIVE,
      "answers nothing",
      "inconclusive e2node RICsubscriptionResponse [] 2 x1: answers nothing; expected the capture to begin before the association, "
      "seen no handshake\n" },
    { "forgotten", PENDING_ON, PENDING, SUBSCRIBE("0", "1") ERROR_INDICATION("1", "1") INDICATION("9", "1", "0"), RP_PASS, "", "" },
    { "another association's", PENDING_ON, PENDING,
      SUBSCRIBE("0", "1") "{\"link\":1,\"event\":\"up\"}\n" "{\"link\":1," PDU("successfulOutcome", "8", REQUEST_ID("1") "," FUNCTION("2") "," ADMITTED) "}\n"
      ACCEPT("2", "1"), RP_FAIL, "",
      "fail e2node RICsubscriptionResponse [] 3 x1: answers nothing; expected , seen \n"
      "pass e2node RICsubscriptionResponse [] 4 x1: RICsubscriptionRequest1false1; expected , seen \n" },
    { "no key, no limit", NODE "on = { 'RICsubscriptionRequest', 'RICindication' }",
      "if m.name == 'RICindication' then assert(r:settle(nil, m, 'x') == nil) else r:pending(nil, m) r:pending(5, m, { within = math.huge }) end",
      SUBSCRIBE("0", "1") INDICATION("1e8", "1", "0"), RP_INCONCLUSIVE, "the capture ends before an answer came",
      "inconclusive e2node RICsubscriptionRequest [] 1 x1: the capture ends before an answer came; expected an answer, seen nothing\n" },
    { "a table is no key", PENDING_ON, "r:pending({}, m)", SUBSCRIBE("0", "1"), RP_ERROR,
      "rules/x.lua:3: a key is a string or a number, got table; take m:key(path) (at RICsubscriptionRequest in frame 1)", "" },
};
/* clang-format on */

/* Indications alike but for their number, and a rule that counts its calls. Of the first the link is new, so that it is not
 * learnt. */
#define ALIKE INDICATION("1", "1", "1") INDICATION("2", "1", "2") INDICATION("3", "1", "3")
#define CALLS "local s = r:state(m)\ns.n = (s.n or 0) + 1\nif m.RICindicationSN == 9 then r:remark(m, 'call ' .. s.n) end\n"

static const struct row steady_rows[] = {
    { "not declared", NODE "on = 'RICindication'", CALLS, ALIKE INDICATION("4", "1", "9"), RP_PASS, "",
      "pass e2node RICindication [] 4 x1: call 4; expected , seen \n" },
    { "counted, not called", NODE "steady = true, on = 'RICindication'", CALLS, ALIKE INDICATION("4", "1", "9"), RP_PASS, "",
      "" },
    { "called behind another message", NODE "steady = true, on = 'RICindication'", CALLS,
      ALIKE SUBSCRIBE("4", "9") INDICATION("5", "1", "9"), RP_PASS, "",
      "pass e2node RICindication [] 5 x1: call 3; expected , seen \n" },
    { "called behind an event", NODE "steady = true, on = 'RICindication'", CALLS,
      ALIKE EVENT("4", "lost-tsn") INDICATION("5", "1", "9"), RP_PASS, "",
      "pass e2node RICindication [] 5 x1: call 3; expected , seen \n" },
    { "called for another subscription", NODE "steady = true, on = 'RICindication'", CALLS, ALIKE INDICATION("4", "2", "9"),
      RP_PASS, "", "pass e2node RICindication [] 4 x1: call 3; expected , seen \n" },
    { "called when it had something to say", NODE "steady = true, on = 'RICindication'", "r:finding(m, 'odd')", ALIKE, RP_FAIL,
      "", "fail e2node RICindication [] 1 x3: odd; expected , seen \n" },
    { "not concerned each time", NODE "steady = true, on = 'RICindication'", "return false", ALIKE, RP_SKIP,
      "not exercised: none of 3 events concerned it", "" },
};

static void list(const struct rp_rule_result *result, char *out, size_t size)
{
    size_t len = 0;
    out[0] = '\0';
    for (const struct rp_finding *f = result->findings; f && len < size; f = f->next)
        len += (size_t)snprintf(out + len, size - len, "%s %s %s [%s] %llu x%llu: %s; expected %s, seen %s\n",
                                rp_verdict_name(f->verdict), f->side, f->message, f->path, (unsigned long long)f->frame,
                                (unsigned long long)f->times, f->text, f->expected, f->seen);
}

static void try_row(const struct row *row)
{
    char text[4096], findings[8192];
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    int len = snprintf(text, sizeof text,
                       "return rule { id = 'E2-TEST-R01', title = 'A claim is made', spec = { 'S 1' }, %s,\n"
                       "  open = function(r, m)\n%s\nend }",
                       row->metadata, row->body);
    const struct rp_rule_source source = { "rules/x.lua", text, (size_t)len };
    struct rp_rules *rules = rp_rules_new(&source, 1, registry, 0.2);
    assert_non_null(rules);
    print_message("%s\n", row->what);
    bool played = rp_scripted_play(row->lines, strlen(row->lines), registry, rules, &diags);
    for (const struct rp_diag *diag = diags.first; diag; diag = diag->next)
        print_message("line %u: %s %s %s\n", diag->line, diag->path, diag->text, diag->seen);
    assert_true(played);
    const struct rp_rule_result *result = &rp_rules_verdicts(rules)->results[0];
    list(result, findings, sizeof findings);
    if (row->why)
        assert_string_equal(result->why, row->why);
    assert_string_equal(findings, row->findings);
    assert_int_equal(result->verdict, row->verdict);
    rp_rules_free(rules);
    rp_arena_free(&arena);
}

static void what_rules_see_and_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        try_row(&rows[i]);
}

static void pending_answers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pending_rows / sizeof pending_rows[0]; i++)
        try_row(&pending_rows[i]);
}

static void steady_rules(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof steady_rows / sizeof steady_rows[0]; i++)
        try_row(&steady_rows[i]);
}

static void steady_rules_are_counted(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    static const char text[] = "return rule { id = 'E2-TEST-R01', title = 'A claim is made', spec = { 'S 1' }, " NODE
                               "steady = true, on = 'RICindication', open = function() end }";
    static const char lines[] = ALIKE SUBSCRIBE("4", "9") ALIKE ALIKE;
    const struct rp_rule_source source = { "rules/x.lua", text, sizeof text - 1 };
    struct rp_rules *rules = rp_rules_new(&source, 1, registry, 0);
    assert_non_null(rules);
    assert_true(rp_scripted_play(lines, sizeof lines - 1, registry, rules, &diags));
    assert_int_equal(rp_rules_verdicts(rules)->results[0].exercised, 9);
    rp_rules_free(rules);
    rp_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(what_rules_see_and_say), cmocka_unit_test(pending_answers),
                                        cmocka_unit_test(steady_rules), cmocka_unit_test(steady_rules_are_counted) };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
