return rule {
  id    = "E2-CODEC-R07",
  title = "Each procedure and IE is sent with the criticality that the specification assigns to it",
  spec  = { "E2AP v03.01 9.3.3", "E2AP v03.01 9.3.4", "E2AP-R007", "E2AP-R142" },
  level = "must", judges = "both",
  on    = { "@finding" }, err = { "ETABLE" },
  advice = "A receiver that knows the IE goes on as if nothing were wrong; one that does not will act on the wrong criticality.",

  open = function(r, m)
    local d = m.diag
    r:finding(m, d.text, { path = d.path, expected = d.expected, seen = d.seen, clause = d.clause })
  end,
}
