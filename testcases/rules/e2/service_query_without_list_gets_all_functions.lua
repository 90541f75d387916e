return rule {
  id    = "E2-SVC-R05",
  title = "The update after a service query without a list adds every function of the node",
  spec  = { "E2AP v03.01 8.3.4", "E2AP-R060" },
  level = "must", judges = "e2node", needs_all = true,
  on    = { "RICserviceQuery", "RICserviceUpdate" },
  advice = "Without a list the RIC has nothing: modified and deleted lists mean nothing to it.",

  open = function(r, m)
    local s = r:state(m)
    if m.name == "RICserviceQuery" then
      s.asked = m.from == "ric" and not m:has("RANfunctionsAccepted") and m.frame or nil
      return false
    end
    local asked = s.asked
    s.asked = nil
    if not asked or m.from ~= "e2node" or r:lost(m) then return false end
    if not m:has("RANfunctionsAdded") then
      r:finding(m, "RICserviceUpdate after a service query without a list has no RANfunctionsAdded",
        { path = "RANfunctionsAdded", expected = "all functions, for the query in frame " .. asked, seen = "absent" })
    end
  end,
}
