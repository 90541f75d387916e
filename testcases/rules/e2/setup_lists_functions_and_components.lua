return rule {
  id    = "E2-SETUP-R01",
  title = "E2setupRequest lists RAN functions and components",
  spec  = { "E2AP v03.01 9.1.2.2", "E2AP-R033" },
  level = "must", judges = "e2node", editions = { from = "02.00" },
  on    = { "E2setupRequest" },
  advice = "A node without components still has the interface over which it reaches its core: NG, S1 or F1.",

  open = function(r, m)
    if m.from ~= "e2node" then return false end
    for _, ie in ipairs { "RANfunctionsAdded", "E2nodeComponentConfigAddition" } do
      if (m:count(ie) or 0) == 0 then
        r:finding(m, "E2setupRequest has no item in " .. ie,
          { path = ie, expected = "at least 1 item", seen = m:has(ie) and "0 items" or "absent" })
      end
    end
  end,
}
