return rule {
  id    = "E2-CODEC-R04",
  title = "Each mandatory IE stands in its message",
  spec  = { "E2AP v03.01 9.3.1", "E2AP-R003" },
  level = "must", judges = "both",
  on    = { "@finding" }, err = { "EMISSING" },
  advice = "The receiver must treat a missing IE of criticality reject as an abstract syntax error; see what it answered.",

  open = function(r, m)
    local d = m.diag
    r:finding(m, d.text, { path = d.path, expected = d.expected, seen = d.seen, clause = d.clause })
  end,
}
