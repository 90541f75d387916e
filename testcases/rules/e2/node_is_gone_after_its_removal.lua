return rule {
  id    = "E2-REM-R02",
  title = "After the response to its removal request the E2 node starts nothing more on the association",
  spec  = { "E2AP v03.01 8.3.7.2", "E2AP-R088" },
  level = "must", judges = "e2node", editions = { from = "02.03" }, needs_all = true,
  on    = { "E2RemovalRequest", "E2RemovalResponse", "RICserviceUpdate", "E2nodeConfigurationUpdate", "E2setupRequest" },
  advice = "The node closes the association and frees all of that interface; a new setup needs a new association.",

  open = function(r, m)
    local s = r:state(m)
    if m.name == "E2RemovalRequest" then s.by = m.from return false end
    if m.name == "E2RemovalResponse" then
      s.gone = s.by == "e2node" and m.from == "ric" and m.frame
      return s.gone and true or false
    end
    if not s.gone or m.from ~= "e2node" then return false end
    r:finding(m, m.name .. " after the E2 node's removal was confirmed",
      { expected = "nothing after frame " .. s.gone, seen = m.name })
  end,
}
