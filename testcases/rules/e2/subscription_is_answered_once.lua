return rule {
  id    = "E2-SUB-R01",
  title = "RICsubscriptionRequest has one answer, with its RIC request id",
  spec  = { "E2AP v03.01 8.2.1.2", "E2AP v03.01 9.1.1.2", "E2AP-R096", "E2AP-R098", "E2AP-R099" },
  level = "must", judges = "e2node", needs_all = true,
  on    = lib.answered_once_on("RICsubscriptionRequest", { "RICsubscriptionDeleteRequest" }),
  open  = lib.answered_once("RICsubscriptionRequest", { "RICsubscriptionDeleteRequest" }),
  advice = "The RIC finds the subscription by the RIC request id alone: both numbers must be those of the request.",
}
