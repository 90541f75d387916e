return rule {
  id    = "E2-REM-R01",
  title = "E2RemovalRequest has one answer, with its transaction id",
  spec  = { "E2AP v03.01 8.3.7.2", "E2AP v03.01 9.2.33", "E2AP-R087", "E2AP-R200" },
  level = "must", judges = "both", editions = { from = "02.03" }, needs_all = true,
  on    = lib.answered_once_on("E2RemovalRequest"),
  open  = lib.answered_once("E2RemovalRequest"),
  advice = "The association is closed after the answer, not instead of it.",
}
