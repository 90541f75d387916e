return rule {
  id    = "E2-CODEC-R05",
  title = "No IE stands twice in a message",
  spec  = { "E2AP v03.01 9.3.1", "E2AP-R003", "E2AP-R004" },
  level = "must", judges = "both",
  on    = { "@finding" }, err = { "EREPEAT" },
  advice = "Receivers differ in which of the two values they take; the message counts as falsely constructed.",

  open = function(r, m)
    local d = m.diag
    r:finding(m, d.text, { path = d.path, expected = d.expected, seen = d.seen, clause = d.clause })
  end,
}
