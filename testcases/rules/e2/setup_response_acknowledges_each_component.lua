return rule {
  id    = "E2-SETUP-R08",
  title = "E2setupResponse acknowledges each component of the request, exactly once",
  spec  = { "E2AP v03.01 8.3.1.2", "E2AP v03.01 9.1.2.3", "E2AP-R026" },
  level = "must", judges = "ric", editions = { from = "02.00" }, needs_all = true,
  on    = { "E2setupRequest", "E2setupResponse" },
  advice = "The item must repeat interface type and component id of the request, octet for octet.",

  open = function(r, m)
    local s = r:state(m)
    local list = m.name == "E2setupRequest" and "E2nodeComponentConfigAddition" or "E2nodeComponentConfigAdditionAck"
    local seen, interface, n = {}, {}, 0
    for _, item in m:each(list) do
      local id = item:key("e2nodeComponentID")
      n = n + 1
      if id then
        seen[id], interface[id] = (seen[id] or 0) + 1, item.e2nodeComponentInterfaceType
      end
    end
    if m.name == "E2setupRequest" then
      s.components, s.interface = n > 0 and seen or nil, interface
      return false
    end
    if m.from ~= "ric" or not s.components then return false end
    local why, id = lib.difference(s.components, seen)
    if why then
      r:finding(m, "E2nodeComponentConfigAdditionAck does not name each component of the request once: " .. why,
        { path = list, expected = "one item for each component of the request",
          seen = string.format("component of interface %s %s", lib.show(s.interface[id] or interface[id]), why) })
    end
  end,
}
