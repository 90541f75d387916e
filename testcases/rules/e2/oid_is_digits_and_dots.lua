return rule {
  id    = "E2-SM-R06",
  title = "A RAN function OID is written as digits and dots",
  spec  = { "E2SM v07.00 6.2.2.1", "E2SM-R004" },
  level = "must", judges = "e2node", editions = { from = "02.00" },
  on    = { "E2setupRequest", "RICserviceUpdate" },
  advice = "Write the service model's object identifier, such as 1.3.6.1.4.1.53148.1.2.2.2 for KPM.",

  open = function(r, m)
    local concerned = false
    for _, list in ipairs(lib.declares[m.name]) do
      for _, item in m:each(list) do
        local oid = item.ranFunctionOID
        if oid then
          concerned = true
          if not (oid .. "."):match("^[012]%.[%d.]*$") or oid:find("..", 1, true) or oid:sub(-1) == "." then
            r:finding(m, "a RAN function OID is no object identifier",
              { path = item.path .. ".ranFunctionOID", expected = "digits and dots, from 1.3.6.1.4.1.53148", seen = oid })
          end
        end
      end
    end
    return concerned
  end,
}
