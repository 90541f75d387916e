return rule {
  id    = "E2-ERR-R03",
  title = "No ErrorIndication is sent because of an ErrorIndication",
  spec  = { "E2AP v03.01 8.3.3", "E2AP v03.01 10", "E2AP-R048", "E2AP-R235" },
  level = "must", judges = "both",
  on    = { "ErrorIndication" },
  advice = "Two peers that do so never come to an end; an error in ErrorIndication is for the log only.",

  open = function(r, m)
    if m:get("CriticalityDiagnostics.procedureCode") == 2 then
      r:finding(m, "ErrorIndication reports an error in an ErrorIndication",
        { path = "CriticalityDiagnostics.procedureCode", expected = "another procedure", seen = "2 (ErrorIndication)" })
    end
  end,
}
