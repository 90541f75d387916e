return rule {
  id    = "E2-SVC-R01",
  title = "RICserviceUpdate has one answer, with its transaction id",
  spec  = { "E2AP v03.01 8.3.4.2", "E2AP v03.01 9.2.33", "E2AP-R052", "E2AP-R055", "E2AP-R200" },
  level = "must", judges = "ric", editions = { from = "02.00" }, needs_all = true,
  on    = lib.answered_once_on("RICserviceUpdate"),
  open  = lib.answered_once("RICserviceUpdate"),
  advice = "An update with no list at all is answered too.",
}
