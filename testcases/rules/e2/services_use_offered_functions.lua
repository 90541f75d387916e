return rule {
  id    = "E2-SUB-R06",
  title = "RIC services are asked of RAN functions that the node offered and the RIC accepted",
  spec  = { "E2AP v03.01 8.2.1.4", "E2AP-R101", "E2AP-R153", "E2AP-R179" },
  level = "should", judges = "ric", needs_all = true,
  on    = { "RICsubscriptionRequest", "RICcontrolRequest", "RICqueryRequest" },
  advice = "The node must refuse this request; look where the RIC took the RAN function id from.",

  open = function(r, m)
    local id, functions = m:get("RANfunctionID"), lib.functions(r, m)
    if m.from ~= "ric" or not id or not functions then return false end
    local state = functions[id] and functions[id].state
    if state == "deleted" then return false end -- E2-SVC-R04
    if state ~= "accepted" and state ~= "offered" then
      r:finding(m, m.name .. " names a RAN function that is not in use on this interface",
        { path = "RANfunctionID", expected = "a function offered by the node and accepted",
          seen = id .. ", " .. (state or "never offered") })
    end
  end,
}
