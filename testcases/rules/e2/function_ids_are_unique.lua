return rule {
  id    = "E2-SETUP-R03",
  title = "A node declares each RAN function id once",
  spec  = { "E2AP v03.01 9.2.8", "E2AP-R197" },
  level = "must", judges = "e2node",
  on    = { "E2setupRequest", "RICserviceUpdate" },
  advice = "Subscriptions name a function by this id alone; two functions under one id can't be told apart.",

  open = function(r, m)
    local seen, concerned = {}, false
    for item in lib.declared(m) do
      concerned = true
      local id = item.ranFunctionID
      if id and seen[id] then
        r:finding(m, "the same RAN function id is declared twice",
          { path = item.path .. ".ranFunctionID", expected = "an id not used in " .. seen[id], seen = tostring(id) })
      elseif id then
        seen[id] = item.path
      end
    end
    return concerned
  end,
}
