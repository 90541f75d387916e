return rule {
  id    = "E2-ERR-R05",
  title = "CriticalityDiagnostics has procedure code and triggering message in ErrorIndication only",
  spec  = { "E2AP v03.01 9.2.2", "E2AP-R208", "E2AP-R242" },
  level = "must", judges = "both",
  on    = lib.with_diagnostics,
  advice = "An answer belongs to its procedure anyway; leave both out of failures and responses.",

  open = function(r, m)
    if m.name == "ErrorIndication" or not m:has("CriticalityDiagnostics") then return false end
    for _, field in ipairs { "procedureCode", "triggeringMessage" } do
      local path = "CriticalityDiagnostics." .. field
      if m:has(path) then
        r:finding(m, field .. " stands in CriticalityDiagnostics of " .. m.name,
          { path = path, expected = "absent", seen = tostring(m:get(path)) })
      end
    end
  end,
}
