return rule {
  id    = "E2-QRY-R01",
  title = "RICqueryRequest has one answer, with its RIC request id",
  spec  = { "E2AP v03.01 8.2.7.2", "E2AP v03.01 8.2.7.3", "E2AP-R178", "E2AP-R180" },
  level = "must", judges = "e2node", editions = { from = "03.01" }, needs_all = true,
  on    = lib.answered_once_on("RICqueryRequest"),
  open  = lib.answered_once("RICqueryRequest"),
  advice = "When nothing of what was asked for is there, the answer is RICqueryFailure.",
}
