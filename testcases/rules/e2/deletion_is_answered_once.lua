return rule {
  id    = "E2-DEL-R01",
  title = "RICsubscriptionDeleteRequest has one answer, with its RIC request id",
  spec  = { "E2AP v03.01 8.2.2.2", "E2AP v03.01 8.2.2.3", "E2AP-R117", "E2AP-R119" },
  level = "must", judges = "e2node", needs_all = true,
  on    = lib.answered_once_on("RICsubscriptionDeleteRequest"),
  open  = lib.answered_once("RICsubscriptionDeleteRequest"),
  advice = "A request for a subscription that the node does not have is answered by the failure, not by silence.",
}
