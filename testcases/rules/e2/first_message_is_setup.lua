return rule {
  id    = "E2-LINK-R05",
  title = "The first message on an association belongs to E2 setup or is E2nodeConfigurationUpdate",
  spec  = { "E2AP v03.01 8.3.1.4", "E2AP-R023", "E2AP-R032" },
  level = "must", judges = "both", needs_all = true,
  steady = true,
  on    = { "*", "@refused" },
  advice = "Look for an earlier association of the same two addresses: after a reconnect the sender may have taken the interface for still set up.",

  open = function(r, m)
    local s = r:state(m)
    if s.seen then return false end
    s.seen = true
    if m.event or not lib.complete(r, m) then return false end
    if m.name == "E2setupRequest" or m.name == "E2nodeConfigurationUpdate" or m.name == "E2setupResponse" or m.name == "E2setupFailure" then
      return
    end
    r:finding(m, "the first message on the association is " .. m.name,
      { expected = "E2setupRequest, or E2nodeConfigurationUpdate on a further association", seen = m.name })
  end,
}
