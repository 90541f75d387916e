return rule {
  id    = "E2-CFG-R02",
  title = "A component id is of the interface that the item names",
  spec  = { "E2AP v03.01 9.2.26", "E2AP v03.01 9.2.32", "E2AP-R077" },
  level = "must", judges = "both", editions = { from = "02.00" },
  on    = { "E2setupRequest", "E2setupResponse", "E2nodeConfigurationUpdate", "E2nodeConfigurationUpdateAcknowledge" },
  advice = "e2nodeComponentInterfaceType and the alternative of e2nodeComponentID must name the same interface.",

  open = function(r, m)
    local alternative = { ng = "NG", xn = "Xn", e1 = "E1", f1 = "F1", w1 = "W1", s1 = "S1", x2 = "X2" }
    local concerned = false
    for _, part in ipairs { "Addition", "Update", "Removal" } do
      for _, list in ipairs { "E2nodeComponentConfig" .. part, "E2nodeComponentConfig" .. part .. "Ack" } do
        for _, item in m:each(list) do
          local type = alternative[item.e2nodeComponentInterfaceType]
          if type then
            concerned = true
            if not item:has("e2nodeComponentID.e2nodeComponentInterfaceType" .. type) then
              r:finding(m, "a component id is of another interface than the item says",
                { path = item.path .. ".e2nodeComponentID", expected = "e2nodeComponentInterfaceType" .. type,
                  seen = lib.show(next(item.e2nodeComponentID or {})) })
            end
          end
        end
      end
    end
    return concerned
  end,
}
