return rule {
  id    = "E2-SM-R09",
  title = "The short name in a RAN function definition is the service model's, without an edition",
  spec  = { "E2SM-KPM v06.00 7.2", "E2SM-RC v07.00 7.2", "E2SM-NI v01.00 7.2", "E2SM-R005" },
  level = "must", judges = "e2node",
  on    = { "E2setupRequest", "RICserviceUpdate" },
  advice = "Receivers compare this name letter by letter.",

  open = function(r, m)
    local concerned = false
    for item, p in lib.definitions(m) do
      local name, expected = p:get("ranFunction-Name.ranFunction-ShortName"), lib.models[p.oid]
      if name and expected then
        concerned = true
        if name ~= expected then
          r:finding(m, "the short name of a RAN function is not that of its service model",
            { path = item.path .. ".ranFunctionDefinition.ranFunction-Name.ranFunction-ShortName", expected = expected,
              seen = name, clause = lib.clause_of_definition[expected] })
        end
      end
    end
    return concerned
  end,
}
