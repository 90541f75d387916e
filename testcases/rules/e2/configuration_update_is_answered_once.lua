return rule {
  id    = "E2-CFG-R05",
  title = "E2nodeConfigurationUpdate has one answer, with its transaction id",
  spec  = { "E2AP v03.01 8.3.5.2", "E2AP v03.01 9.2.33", "E2AP-R065", "E2AP-R071", "E2AP-R200" },
  level = "must", judges = "ric", editions = { from = "02.00" }, needs_all = true,
  on    = lib.answered_once_on("E2nodeConfigurationUpdate"),
  open  = lib.answered_once("E2nodeConfigurationUpdate"),
  advice = "An update with nothing but a transaction id is acknowledged too.",
}
