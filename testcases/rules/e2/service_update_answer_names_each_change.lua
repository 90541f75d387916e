return rule {
  id    = "E2-SVC-R02",
  title = "RICserviceUpdateAcknowledge accepts or rejects each change of the update",
  spec  = { "E2AP v03.01 8.3.4.2", "E2AP-R052", "E2AP-R053", "E2AP-R054" },
  level = "must", judges = "ric", editions = { from = "02.00" }, needs_all = true,
  on    = { "RICserviceUpdate", "RICserviceUpdateAcknowledge" },
  advice = "Deletions are named in RANfunctionsAccepted too.",

  open = function(r, m)
    local s, id = r:state(m), m.TransactionID
    if not id then return false end
    local lists = m.name == "RICserviceUpdate" and { "RANfunctionsAdded", "RANfunctionsModified", "RANfunctionsDeleted" }
      or { "RANfunctionsAccepted", "RANfunctionsRejected" }
    local named = {}
    for _, ie in ipairs(lists) do
      for _, item in m:each(ie) do
        if item.ranFunctionID then named[item.ranFunctionID] = 1 end
      end
    end
    if m.name == "RICserviceUpdate" then s[id] = named return false end
    local asked = s[id]
    if m.from ~= "ric" or not asked then return false end
    s[id] = nil
    local why, name = lib.difference(asked, named)
    if why then
      r:finding(m, "RICserviceUpdateAcknowledge does not fit the changes of the update: " .. why,
        { path = "RANfunctionsAccepted", expected = "the functions of the update",
          seen = string.format("function %d %s", name, why) })
    end
  end,
}
