local arc = "1.3.6.1.4.1.53148"

return rule {
  id    = "E2-SM-R06",
  title = "A RAN function OID is written as digits and dots, from 1.3.6.1.4.1.53148",
  spec  = { "E2SM v07.00 6.2.2.1", "E2AP v03.01 9.2.31", "E2SM-R004", "E2AP-R034" },
  level = "must", judges = "e2node", editions = { from = "02.00" },
  on    = { "E2setupRequest", "RICserviceUpdate" },
  advice = "Write the service model's object identifier, such as 1.3.6.1.4.1.53148.1.2.2.2 for KPM.",

  open = function(r, m)
    local concerned = false
    for item in lib.declared(m) do
      local oid = item.ranFunctionOID
      local what = { path = item.path .. ".ranFunctionOID", expected = "digits and dots, from " .. arc, seen = oid }
      if oid then
        concerned = true
        if oid:find("[^%d.]") or oid:find("..", 1, true) or not oid:match("^%d.*%d$") then
          r:finding(m, "a RAN function OID is no object identifier", what)
        elseif oid ~= arc and oid:sub(1, #arc + 1) ~= arc .. "." then
          r:finding(m, "a RAN function OID is not under the O-RAN arc", what)
        end
      end
    end
    return concerned
  end,
}
