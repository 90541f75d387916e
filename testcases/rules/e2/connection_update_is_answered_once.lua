return rule {
  id    = "E2-CONN-R01",
  title = "E2connectionUpdate has one answer, with its transaction id",
  spec  = { "E2AP v03.01 8.3.6.2", "E2AP v03.01 9.2.33", "E2AP-R081", "E2AP-R084", "E2AP-R200" },
  level = "must", judges = "e2node", editions = { from = "02.00" }, needs_all = true,
  on    = lib.answered_once_on("E2connectionUpdate"),
  open  = lib.answered_once("E2connectionUpdate"),
  advice = "The node answers after it has opened or removed the associations of the lists.",
}
