return rule {
  id    = "E2-SUB-R02",
  title = "RICsubscriptionAuditRequest has one answer, with its RIC request id",
  spec  = { "E2AP v07.00 8.2.2B.2", "E2AP v07.00 8.2.2B.3", "E2AP-R131" },
  level = "must", judges = "e2node", editions = { from = "07.00" }, needs_all = true,
  on    = lib.answered_once_on("RICsubscriptionAuditRequest"),
  open  = lib.answered_once("RICsubscriptionAuditRequest"),
  advice = "With nothing to list, the answer is RICsubscriptionAuditFailure.",
}
