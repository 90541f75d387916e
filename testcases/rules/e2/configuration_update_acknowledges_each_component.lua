return rule {
  id    = "E2-CFG-R04",
  title = "E2nodeConfigurationUpdateAcknowledge names each component of the update, exactly once",
  spec  = { "E2AP v03.01 8.3.5.2", "E2AP v03.01 9.1.2.12", "E2AP-R065" },
  level = "should", judges = "ric", editions = { from = "02.00" }, needs_all = true,
  on    = { "E2nodeConfigurationUpdate", "E2nodeConfigurationUpdateAcknowledge" },
  advice = "The clause asks the RIC to apply the update and then to acknowledge it; that each item is named is the table's reading.",

  open = function(r, m)
    local s, id = r:state(m), m.TransactionID
    if not id then return false end
    local ack = m.name == "E2nodeConfigurationUpdateAcknowledge" and "Ack" or ""
    local seen, n = {}, 0
    for _, part in ipairs { "Addition", "Update", "Removal" } do
      for _, item in m:each("E2nodeComponentConfig" .. part .. ack) do
        local name = item:key("e2nodeComponentID")
        n = n + 1
        if name then seen[part .. name] = (seen[part .. name] or 0) + 1 end
      end
    end
    if ack == "" then s[id] = seen return false end
    local wanted = s[id]
    if m.from ~= "ric" or not wanted then return false end
    s[id] = nil
    local why, name = lib.difference(wanted, seen)
    if why then
      local part = name:match("^Addition") or name:match("^Update") or "Removal"
      r:finding(m, "E2nodeConfigurationUpdateAcknowledge does not name each component of the update once: " .. why,
        { path = "E2nodeComponentConfig" .. part .. "Ack", expected = "each component of the update once",
          seen = "a component " .. why })
    end
  end,
}
