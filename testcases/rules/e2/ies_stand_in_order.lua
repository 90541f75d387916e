return rule {
  id    = "E2-CODEC-R06",
  title = "The IEs of a message stand in the order of its object set",
  spec  = { "E2AP v03.01 9.3.1", "E2AP-R002" },
  level = "must", judges = "both",
  on    = { "@finding" }, err = { "EORDER" },
  advice = "A receiver must reject the procedure for this, whatever the criticality of the IE.",

  open = function(r, m)
    local d = m.diag
    r:finding(m, d.text, { path = d.path, expected = d.expected, seen = d.seen, clause = d.clause })
  end,
}
