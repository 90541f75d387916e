return rule {
  id    = "E2-SM-R07",
  title = "A RAN function OID names an O-RAN service model",
  spec  = { "E2SM v07.00 6.2.2.1", "E2SM-R003", "E2SM-R004" },
  level = "should", judges = "e2node", editions = { from = "02.00" },
  on    = { "E2setupRequest", "RICserviceUpdate" },
  advice = "Octets of an unknown model are passed over; load a model of your own with --module.",

  open = function(r, m)
    local concerned = false
    for item in lib.declared(m) do
      local oid = item.ranFunctionOID
      local what = { path = item.path .. ".ranFunctionOID", seen = oid, expected = lib.odd_oids[oid] or "an OID of E2SM table 5-2" }
      if oid and oid:match("^1%.3%.6%.1%.4%.1%.53148%.[%d.]+$") then
        concerned = true
        if lib.odd_oids[oid] then
          r:remark(m, "the OID of the RAN function has the arc of the edition's module instead of the model's", what)
        elseif not lib.models[oid] then
          r:finding(m, "the OID of a RAN function is that of no O-RAN service model", what)
        end
      end
    end
    return concerned
  end,
}
