return rule {
  id    = "E2-SM-R08",
  title = "The OID of a RAN function item is the one inside of its definition",
  spec  = { "E2AP v03.01 9.2.31", "E2SM v07.00 6.2.2.1", "E2SM-R003" },
  level = "should", judges = "e2node", editions = { from = "02.00" },
  on    = { "E2setupRequest", "RICserviceUpdate" },
  advice = "A RIC that goes by one of the two takes another service model than a RIC that goes by the other.",

  open = function(r, m)
    local concerned = false
    for item, p in lib.definitions(m) do
      local inside = p:get("ranFunction-Name.ranFunction-E2SM-OID")
      if inside and item.ranFunctionOID then
        concerned = true
        if inside ~= item.ranFunctionOID then
          r:finding(m, "the OID of a RAN function differs from that in its definition",
            { path = item.path .. ".ranFunctionOID", expected = inside, seen = item.ranFunctionOID })
        end
      end
    end
    return concerned
  end,
}
