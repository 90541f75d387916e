return rule {
  id    = "E2-ERR-R04",
  title = "CriticalityDiagnostics reports no IE with criticality ignore",
  spec  = { "E2AP v03.01 9.2.2", "E2AP-R207" },
  level = "must", judges = "both",
  on    = lib.with_diagnostics,
  advice = "An IE of criticality ignore that was not understood is passed over and not reported.",

  open = function(r, m)
    if not m:has("CriticalityDiagnostics.iEsCriticalityDiagnostics") then return false end
    for _, item in m:each("CriticalityDiagnostics.iEsCriticalityDiagnostics") do
      if item.iECriticality == "ignore" then
        r:finding(m, "CriticalityDiagnostics reports an IE with criticality ignore",
          { path = item.path .. ".iECriticality", expected = "reject or notify", seen = "ignore" })
      end
    end
  end,
}
