return rule {
  id    = "E2-CODEC-R09",
  title = "No octets stand behind a message or behind a value in its open type",
  spec  = { "E2AP v03.01 9.4", "E2AP-R001" },
  level = "should", judges = "both",
  on    = { "@finding" }, err = { "ETRAILING" },
  advice = "Octets behind a message come from a buffer sent by its size instead of by the length of the encoding.",

  open = function(r, m)
    local d = m.diag
    r:finding(m, d.text, { path = d.path, expected = d.expected, seen = d.seen, clause = d.clause })
  end,
}
