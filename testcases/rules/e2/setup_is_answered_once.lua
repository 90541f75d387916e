return rule {
  id    = "E2-SETUP-R10",
  title = "E2setupRequest has one answer, with its transaction id",
  spec  = { "E2AP v03.01 8.3.1.2", "E2AP v03.01 9.2.33", "E2AP-R028", "E2AP-R029", "E2AP-R238" },
  level = "must", judges = "ric", editions = { from = "02.00" }, needs_all = true,
  on    = lib.answered_once_on("E2setupRequest"),
  open  = lib.answered_once("E2setupRequest"),
  advice = "Copy TransactionID from the request into the answer.",
}
