return rule {
  id    = "E2-MOD-R02",
  title = "RICsubscriptionModificationRequired has one answer, with its RIC request id",
  spec  = { "E2AP v03.01 8.2.6.2", "E2AP v03.01 8.2.6.3", "E2AP-R173", "E2AP-R174", "E2AP-R175" },
  level = "must", judges = "ric", editions = { from = "03.01" }, needs_all = true,
  on    = lib.answered_once_on("RICsubscriptionModificationRequired", { "RICsubscriptionDeleteRequest" }),
  open  = lib.answered_once("RICsubscriptionModificationRequired", { "RICsubscriptionDeleteRequest" }),
  advice = "The RIC refuses with a cause what it does not confirm.",
}
