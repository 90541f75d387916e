-- What several E2 rules need: who sends what, the class 1 procedures, known object identifiers, and rule bodies that
-- differ in names only.
local lib = {}

local NODE, RIC = "e2node", "ric"

-- Class 1 procedures (E2AP v07.00 8.1): request, its answers, the IE that pairs them, the family of clause 8.
lib.class1 = {
  { "E2setupRequest", { "E2setupResponse", "E2setupFailure" }, NODE, "support" },
  { "ResetRequest", { "ResetResponse" }, nil, "support" },
  { "RICserviceUpdate", { "RICserviceUpdateAcknowledge", "RICserviceUpdateFailure" }, NODE, "support" },
  { "E2nodeConfigurationUpdate", { "E2nodeConfigurationUpdateAcknowledge", "E2nodeConfigurationUpdateFailure" }, NODE, "support" },
  { "E2connectionUpdate", { "E2connectionUpdateAcknowledge", "E2connectionUpdateFailure" }, RIC, "support" },
  { "E2RemovalRequest", { "E2RemovalResponse", "E2RemovalFailure" }, nil, "support" },
  { "RICsubscriptionRequest", { "RICsubscriptionResponse", "RICsubscriptionFailure" }, RIC, "service" },
  { "RICsubscriptionDeleteRequest", { "RICsubscriptionDeleteResponse", "RICsubscriptionDeleteFailure" }, RIC, "service" },
  { "RICcontrolRequest", { "RICcontrolAcknowledge", "RICcontrolFailure" }, RIC, "service" },
  { "RICsubscriptionModificationRequest", { "RICsubscriptionModificationResponse", "RICsubscriptionModificationFailure" }, RIC, "service" },
  { "RICsubscriptionModificationRequired", { "RICsubscriptionModificationConfirm", "RICsubscriptionModificationRefuse" }, NODE, "service" },
  { "RICqueryRequest", { "RICqueryResponse", "RICqueryFailure" }, RIC, "service" },
  { "RICsubscriptionAuditRequest", { "RICsubscriptionAuditResponse", "RICsubscriptionAuditFailure" }, RIC, "service" },
  { "RICsubscriptionStateControlRequest", { "RICsubscriptionStateControlResponse", "RICsubscriptionStateControlFailure" }, RIC, "service" },
  { "RICassistanceRequest", { "RICassistanceResponse", "RICassistanceFailure" }, NODE, "service" },
}

-- Messages that only one side may send, and the stream family of every message but ErrorIndication.
lib.sender = {
  RICindication = NODE, RICsubscriptionDeleteRequired = NODE, RICserviceLoadUpdate = NODE, RICassistanceHalt = NODE,
  RICserviceLoadStatusResponse = NODE, RICserviceLoadStatusFailure = NODE,
  RICserviceQuery = RIC, RICserviceLoadStatusRequest = RIC, RICassistanceIndication = RIC,
}
lib.family = {
  RICindication = "service", RICsubscriptionDeleteRequired = "service", RICserviceLoadUpdate = "service",
  RICassistanceHalt = "service", RICserviceLoadStatusRequest = "service", RICserviceLoadStatusResponse = "service",
  RICserviceLoadStatusFailure = "service", RICassistanceIndication = "service", RICserviceQuery = "support",
}
lib.request_of = {} -- answer -> request
lib.pairs_by = {}   -- request -> IE
lib.class1_names, lib.support_names = {}, {}
for _, row in ipairs(lib.class1) do
  local request, answers, sender, family = row[1], row[2], row[3], row[4]
  lib.pairs_by[request] = family == "support" and "TransactionID" or "RICrequestID"
  lib.sender[request], lib.family[request] = sender, family
  table.insert(lib.class1_names, request)
  if family == "support" then table.insert(lib.support_names, request) end
  for _, answer in ipairs(answers) do
    lib.request_of[answer], lib.family[answer] = request, family
    if family == "support" then table.insert(lib.support_names, answer) end
    if sender then lib.sender[answer] = sender == NODE and RIC or NODE end
    table.insert(lib.class1_names, answer)
  end
end

-- Messages that can have CriticalityDiagnostics.
lib.with_diagnostics = {
  "ErrorIndication", "ResetResponse", "E2setupFailure", "RICserviceUpdateFailure", "RICsubscriptionFailure", "RICsubscriptionDeleteFailure",
  "RICcontrolFailure", "E2nodeConfigurationUpdateFailure", "E2connectionUpdateFailure", "E2RemovalResponse", "E2RemovalFailure",
  "RICsubscriptionModificationFailure", "RICsubscriptionModificationRefuse", "RICqueryFailure", "RICsubscriptionAuditFailure",
  "RICserviceLoadStatusFailure", "RICsubscriptionStateControlFailure", "RICassistanceFailure",
}

-- Service models of E2SM v07.00 table 5-2; KPM 02.00 and later. Rules see this table as OID, too.
lib.OID = {
  NI = "1.3.6.1.4.1.53148.1.1.2.1", KPM = "1.3.6.1.4.1.53148.1.2.2.2", KPM1 = "1.3.6.1.4.1.53148.1.1.2.2",
  RC = "1.3.6.1.4.1.53148.1.1.2.3", CCC = "1.3.6.1.4.1.53148.1.1.2.4", LLC = "1.3.6.1.4.1.53148.1.1.2.5",
}
lib.odd_oids = { ["1.3.6.1.4.1.53148.1.3.2.2"] = lib.OID.KPM } -- the arc that the modules of KPM 03.00 and 04.00 print
lib.models = {
  [lib.OID.NI] = "ORAN-E2SM-NI", [lib.OID.KPM] = "ORAN-E2SM-KPM", [lib.OID.KPM1] = "ORAN-E2SM-KPM", ["1.3.6.1.4.1.53148.1.3.2.2"] = "ORAN-E2SM-KPM",
  [lib.OID.RC] = "ORAN-E2SM-RC", [lib.OID.CCC] = "ORAN-E2SM-CCC", [lib.OID.LLC] = "ORAN-E2SM-LLC",
}
lib.clause_of_definition = {
  ["ORAN-E2SM-NI"] = "E2SM-NI v01.00 7.2", ["ORAN-E2SM-KPM"] = "E2SM-KPM v06.00 7.2", ["ORAN-E2SM-RC"] = "E2SM-RC v07.00 7.2",
  ["ORAN-E2SM-CCC"] = "E2SM-CCC v05.00 7.2", ["ORAN-E2SM-LLC"] = "E2SM-LLC v01.00 7.2",
}

-- Lists of an IE that declare RAN functions, by message.
lib.declares = { E2setupRequest = { "RANfunctionsAdded" }, RICserviceUpdate = { "RANfunctionsAdded", "RANfunctionsModified" } }

--- Whether the capture holds all that this association carried so far: its handshake, and no lost chunk.
function lib.complete(r, m)
  return m.link.from_start and not r:lost(m)
end

-- Whether an E2 interface of this capture has several associations: then what one of them did not carry may have gone over
-- another. Set by E2-CFG-R01.
lib.interface = { several = false }

--- The RAN functions of the link when all of them are known (setup seen, nothing lost, no other association), or nil.
function lib.functions(r, m)
  local functions = m.link.functions
  if lib.complete(r, m) and not lib.interface.several and next(functions) then return functions end
end

--- "1.2.3" or the number of a value for messages; "absent" for nil.
function lib.show(value)
  if value == nil then return "absent" end
  return tostring(value)
end

--- "0x00f110" of octets.
function lib.hex(octets)
  return "0x" .. octets:gsub(".", function(c) return string.format("%02x", c:byte()) end)
end

--- Rule body: each answer belongs to one open request with the same id, and a request has one answer. A request that is
--- open when the capture ends is inconclusive: no timer of E2AP has a standard value.
--- @param ended_by messages with the same id after which no answer is waited for
function lib.answered_once(request, ended_by)
  local ie = lib.pairs_by[request]
  local service = ie == "RICrequestID"
  local ends = { ErrorIndication = true }
  for _, name in ipairs(ended_by or {}) do ends[name] = true end

  return function(r, m)
    local s = r:state(m)
    s.open, s.answered = s.open or {}, s.answered or {}
    if m.name == "ResetRequest" and request ~= "ResetRequest" or m.name == "E2RemovalRequest" and request ~= "E2RemovalRequest" then
      if service then for id in pairs(s.open) do r:forget(id, m) end end
      return false
    end
    local id, sender = m:key(ie), lib.sender[m.name]
    if not id and m.name == request then s.nameless = true end -- whatever answers it may not be blamed
    if not id or sender and sender ~= m.from then return false end -- E2-LINK-R06
    if ends[m.name] then
      r:forget("e2node" .. id, m)
      r:forget("ric" .. id, m)
      return false
    end
    id = (m.name == request and m.from or m.to) .. id -- both sides choose from the same numbers
    if m.name == request then
      s.open[id], s.answered[id] = (s.open[id] or 0) + 1, nil
      r:pending(id, m, { within = math.huge, what = "an answer to " .. request .. " with the same " .. ie })
    elseif s.open[id] then
      s.open[id] = s.open[id] > 1 and s.open[id] - 1 or nil
      s.answered[id] = m.frame
      r:settle(id, m)
    elseif not lib.complete(r, m) then
      return false
    elseif s.answered[id] then
      r:finding(m, string.format("a second answer to the same %s", request),
        { path = ie, expected = "one answer, in frame " .. s.answered[id], seen = m.name })
    elseif not s.nameless then
      r:finding(m, string.format("%s answers no open %s: none has its %s", m.name, request, ie),
        { path = ie, expected = "the " .. ie .. " of an open " .. request, seen = lib.id_text(m) })
    else
      return false
    end
  end
end

--- The names of a table's keys, sorted.
function lib.names_of(table_of_names)
  local names = {}
  for name in pairs(table_of_names) do table.insert(names, name) end
  table.sort(names)
  return names
end

--- The names of all class 1 messages and those given.
function lib.class1_and(names)
  return table.move(names, 1, #names, #lib.class1_names + 1, table.move(lib.class1_names, 1, #lib.class1_names, 1, {}))
end

--- Events for lib.answered_once.
function lib.answered_once_on(request, ended_by)
  local on = { request }
  for answer, of in pairs(lib.request_of) do
    if of == request then table.insert(on, answer) end
  end
  table.insert(on, "ErrorIndication")
  table.move(ended_by or {}, 1, #(ended_by or {}), #on + 1, on)
  if lib.pairs_by[request] == "RICrequestID" then table.move({ "ResetRequest", "E2RemovalRequest" }, 1, 2, #on + 1, on) end
  return on
end

--- The id that pairs a message with others, for people.
function lib.id_text(m)
  local transaction = m:get("TransactionID")
  if transaction then return tostring(transaction) end
  local requestor, instance = m:get("RICrequestID.ricRequestorID"), m:get("RICrequestID.ricInstanceID")
  return requestor and string.format("%d/%d", requestor, instance) or "absent"
end

--- Iterates pairs { first, second }.
local function each_pair(list)
  local i = 0
  return function()
    i = i + 1
    if list[i] then return list[i][1], list[i][2] end
  end
end

--- Iterates the RAN functions that an E2 node declares in a message: item, path for m:payload_of.
function lib.declared(m)
  local found = {}
  for _, list in ipairs(m.from == NODE and lib.declares[m.name] or {}) do
    for i, item in m:each(list) do table.insert(found, { item, string.format("%s[%d]", list, i) }) end
  end
  return each_pair(found)
end

--- Iterates those whose definition can be read: item, payload.
function lib.definitions(m)
  local found = {}
  for item, path in lib.declared(m) do
    local p = m:payload_of(path .. ".ranFunctionDefinition")
    if p and p.type and p.readable then table.insert(found, { item, p }) end
  end
  return each_pair(found)
end

--- Iterates the actions that a RIC asks for in a RICsubscriptionRequest: item, path for m:payload_of.
function lib.requested(m)
  local list, found = "RICsubscriptionDetails.ricAction-ToBeSetup-List", {}
  if m.from == RIC then
    for i, item in m:each(list) do table.insert(found, { item, string.format("%s[%d]", list, i) }) end
  end
  return each_pair(found)
end

--- Iterates those whose definition was read as `type`: item, payload.
function lib.actions(m, type)
  local found = {}
  for item, path in lib.requested(m) do
    local p = m:payload_of(path .. ".ricActionDefinition")
    if p and p.readable and p.type == type and p.model ~= "e2sm-kpm-01.00" then table.insert(found, { item, p }) end
  end
  return each_pair(found)
end

--- Whether a request is about a subscription that goes on if it is refused: then what holds is not known until the answer.
function lib.changes(m)
  local state = m.subscription and m.subscription.state
  return m.name ~= "RICsubscriptionRequest" or state == "live" or state == "deleting"
end

--- The number at the end of the alternative of a CHOICE of formats, or nil.
function lib.format(p, choice)
  local alternative = next(p[choice] or {})
  return alternative and tonumber(alternative:match("Format(%d+)$"))
end

--- Seconds by which an NTP time (seconds since 1900, 32 bits: eras of 136 years) lies after a time since 1970.
function lib.ntp_ahead(seconds, clock)
  return (seconds - 2208988800 - clock + 0x80000000) % 0x100000000 - 0x80000000
end

--- Whether a payload was read as KPM 02.00 or later.
function lib.kpm(p)
  if not p or not p.readable then return false end
  local model = p.model
  return model and model ~= "e2sm-kpm-01.00" and model:sub(1, 9) == "e2sm-kpm-"
end

--- Compares how often names stand in an answer with how often they are wanted.
--- @param wanted name -> number, or true for once
--- @return the first difference as words, and its name; or nil
function lib.difference(wanted, seen)
  for name, times in pairs(seen) do
    local due = wanted[name]
    if not due then return "not asked for", name end
    if times > (due == true and 1 or due) then return "named more than once", name end
  end
  for name, due in pairs(wanted) do
    if (seen[name] or 0) < (due == true and 1 or due) then return "not answered", name end
  end
end

return lib
