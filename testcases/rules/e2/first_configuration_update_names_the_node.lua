return rule {
  id    = "E2-CFG-R01",
  title = "An E2nodeConfigurationUpdate that opens an association holds GlobalE2node-ID",
  spec  = { "E2AP v03.01 8.3.5.2", "E2AP v03.01 9.1.2.11", "E2AP-R067", "E2AP-R083" },
  level = "must", judges = "e2node", editions = { from = "02.00" }, needs_all = true,
  on    = { "E2nodeConfigurationUpdate", "E2connectionUpdate", "E2setupRequest", "E2setupResponse", "RICsubscriptionRequest", "@refused" },
  advice = "Without the id the RIC can't tell to which E2 node the new association belongs.",

  open = function(r, m)
    local s = r:state(m)
    if m.name == "E2connectionUpdate" then lib.interface.several = true end
    if s.seen then return false end
    s.seen = true
    if m.event or m.name ~= "E2nodeConfigurationUpdate" or m.from ~= "e2node" then return false end
    lib.interface.several = true
    if not lib.complete(r, m) then return false end
    if not m:has("GlobalE2node-ID") then
      r:finding(m, "the first E2nodeConfigurationUpdate of the association lacks GlobalE2node-ID",
        { path = "GlobalE2node-ID", seen = "absent" })
    end
  end,
}
