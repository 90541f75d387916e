return rule {
  id    = "E2-MOD-R01",
  title = "RICsubscriptionModificationRequest has one answer, with its RIC request id",
  spec  = { "E2AP v03.01 8.2.5.2", "E2AP v03.01 8.2.5.3", "E2AP-R163", "E2AP-R164", "E2AP-R169" },
  level = "must", judges = "e2node", editions = { from = "03.01" }, needs_all = true,
  on    = lib.answered_once_on("RICsubscriptionModificationRequest", { "RICsubscriptionDeleteRequest" }),
  open  = lib.answered_once("RICsubscriptionModificationRequest", { "RICsubscriptionDeleteRequest" }),
  advice = "A modification that can't be done is answered by the failure; the subscription goes on as it was.",
}
