return rule {
  id    = "E2-SVC-R03",
  title = "The E2 node starts a service update within 10 s of a service query",
  spec  = { "E2AP v03.01 8.3.4", "E2AP-R059" },
  level = "should", judges = "e2node",
  on    = { "RICserviceQuery", "RICserviceUpdate" },
  advice = "The query has no answer of its own; the update that follows has a transaction id of the node's choice.",

  open = function(r, m)
    if m.name == "RICserviceUpdate" then
      r:settle("query", m)
      return false
    end
    if m.from ~= "ric" or r:lost(m) then return false end
    r:pending("query", m, { within = 10, what = "RICserviceUpdate" })
  end,
}
