return rule {
  id    = "E2-SETUP-R04",
  title = "A node does not declare RAN function id 0",
  spec  = { "E2AP v03.01 9.2.8", "E2AP-R197" },
  level = "must", judges = "e2node",
  on    = { "E2setupRequest", "RICserviceUpdate" },
  advice = "Number the functions from 1; 0 is kept for use inside of the RIC.",

  open = function(r, m)
    local concerned = false
    for item in lib.declared(m) do
      concerned = true
      if item.ranFunctionID == 0 then
        r:finding(m, "RAN function id 0 is declared", { path = item.path .. ".ranFunctionID", expected = "1..4095", seen = "0" })
      end
    end
    return concerned
  end,
}
