return rule {
  id    = "E2-SETUP-R02",
  title = "Each RAN function that a node declares has a definition",
  spec  = { "E2AP v03.01 9.1.2.2", "E2AP-R034" },
  level = "must", judges = "e2node",
  on    = { "E2setupRequest", "RICserviceUpdate" },
  advice = "The definition is the encoded top-level definition type of the service model that the OID names.",

  open = function(r, m)
    local concerned = false
    for item in lib.declared(m) do
      concerned = true
      local definition = item.ranFunctionDefinition
      if definition and #definition == 0 then
        r:finding(m, "a RAN function has an empty definition",
          { path = item.path .. ".ranFunctionDefinition", expected = "the service model's definition", seen = "0 octets" })
      end
    end
    return concerned
  end,
}
