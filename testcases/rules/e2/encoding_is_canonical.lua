return rule {
  id    = "E2-CODEC-R03",
  title = "Each message is encoded as canonical PER would encode it",
  spec  = { "E2AP v03.01 9.4", "E2AP-R001" },
  level = "should", judges = "both",
  on    = { "@finding" }, grade = "canonical",
  advice = "BASIC-PER allows some of these forms; a strict peer may refuse them. Compare with the octets of `ranproof encode`.",

  open = function(r, m)
    local d = m.diag
    if d.err == "ETRAILING" then return false end -- E2-CODEC-R09
    r:finding(m, d.text, { path = d.path, expected = d.expected, seen = d.seen, clause = d.clause })
  end,
}
