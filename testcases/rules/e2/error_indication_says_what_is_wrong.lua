return rule {
  id    = "E2-ERR-R01",
  title = "ErrorIndication has Cause or CriticalityDiagnostics",
  spec  = { "E2AP v03.01 8.3.3.2", "E2AP-R044" },
  level = "must", judges = "both",
  on    = { "ErrorIndication" },
  advice = "Without either the peer can't know what went wrong.",

  open = function(r, m)
    if not m:has("Cause") and not m:has("CriticalityDiagnostics") then
      r:finding(m, "ErrorIndication has neither Cause nor CriticalityDiagnostics",
        { path = "Cause", expected = "one of the two at least", seen = "neither" })
    end
  end,
}
