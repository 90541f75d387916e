return rule {
  id    = "E2-ASSIST-R01",
  title = "RICassistanceRequest has one answer, with its RIC request id",
  spec  = { "E2AP v07.00 8.2.11.2", "E2AP v07.00 8.2.11.3", "E2AP-R192" },
  level = "must", judges = "ric", editions = { from = "07.00" }, needs_all = true,
  on    = lib.answered_once_on("RICassistanceRequest", { "RICassistanceHalt" }),
  open  = lib.answered_once("RICassistanceRequest", { "RICassistanceHalt" }),
  advice = "The node chose this RIC request id; the RIC repeats it.",
}
