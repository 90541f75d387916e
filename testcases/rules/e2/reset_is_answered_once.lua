return rule {
  id    = "E2-RESET-R01",
  title = "ResetRequest has one answer, with its transaction id",
  spec  = { "E2AP v03.01 8.3.2.2", "E2AP v03.01 9.2.33", "E2AP-R035", "E2AP-R238" },
  level = "must", judges = "both", editions = { from = "02.00" }, needs_all = true,
  on    = lib.answered_once_on("ResetRequest"),
  open  = lib.answered_once("ResetRequest"),
  advice = "Both sides may reset at once: each request is answered by its own response.",
}
