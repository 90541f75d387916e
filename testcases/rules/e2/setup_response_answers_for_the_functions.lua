return rule {
  id    = "E2-SETUP-R05",
  title = "E2setupResponse holds RANfunctionsAccepted, RANfunctionsRejected or both",
  spec  = { "E2AP v03.01 8.3.1.2", "E2AP-R025" },
  level = "must", judges = "ric", needs_all = true,
  on    = { "E2setupRequest", "E2setupResponse" },
  advice = "Without either list the node can't know which of its functions it may expect subscriptions for.",

  open = function(r, m)
    local s = r:state(m)
    if m.name == "E2setupRequest" then s.offered = m:count("RANfunctionsAdded") return false end
    if m.from ~= "ric" or (s.offered or 0) == 0 then return false end
    if not m:has("RANfunctionsAccepted") and not m:has("RANfunctionsRejected") then
      r:finding(m, "E2setupResponse says nothing about the RAN functions of the request",
        { path = "RANfunctionsAccepted", expected = "RANfunctionsAccepted or RANfunctionsRejected", seen = "neither" })
    end
  end,
}
