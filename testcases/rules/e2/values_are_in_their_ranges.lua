return rule {
  id    = "E2-CODEC-R02",
  title = "Each value of a message is inside the range, size and table of its ASN.1 type",
  spec  = { "E2AP v03.01 9.3.1", "E2AP-R007" },
  level = "must", judges = "both",
  on    = { "@finding" }, grade = "constraint",
  advice = "Compare the value with the type in clause 9.3 of the edition spoken on this link.",

  open = function(r, m)
    local d = m.diag
    if d.err == "EALPHABET" then return false end -- E2-SM-R10
    r:finding(m, d.text, { path = d.path, expected = d.expected, seen = d.seen, clause = d.clause })
  end,
}
