local alternatives = { ng = "NG", xn = "Xn", e1 = "E1", f1 = "F1", w1 = "W1", s1 = "S1", x2 = "X2" }

return rule {
  id    = "E2-CFG-R02",
  title = "A component id is of the interface that the item names",
  spec  = { "E2AP v03.01 9.2.26", "E2AP v03.01 9.2.32", "E2AP-R077" },
  level = "must", judges = "e2node", editions = { from = "02.00" },
  on    = { "E2setupRequest", "E2nodeConfigurationUpdate" },
  advice = "e2nodeComponentInterfaceType and the alternative of e2nodeComponentID must name the same interface.",

  open = function(r, m)
    if m.from ~= "e2node" then return false end
    local concerned = false
    for _, part in ipairs { "Addition", "Update", "Removal" } do
      for _, item in m:each("E2nodeComponentConfig" .. part) do
        local alternative = alternatives[item.e2nodeComponentInterfaceType]
        if alternative then
          concerned = true
          if not item:has("e2nodeComponentID.e2nodeComponentInterfaceType" .. alternative) then
            r:finding(m, "a component id is of another interface than the item says",
              { path = item.path .. ".e2nodeComponentID", expected = "e2nodeComponentInterfaceType" .. alternative,
                seen = lib.show(next(item.e2nodeComponentID or {})) })
          end
        end
      end
    end
    return concerned
  end,
}
