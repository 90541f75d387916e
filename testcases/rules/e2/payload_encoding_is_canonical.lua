return rule {
  id    = "E2-SM-R04",
  title = "Service-model payloads are encoded as canonical PER would encode them",
  spec  = { "E2SM v07.00 5", "E2SM-R002" },
  level = "should", judges = "both",
  on    = { "@payload-finding" }, grade = "canonical",
  advice = "A strict peer may refuse these octets.",

  open = function(r, m)
    local d, p = m.diag, m.payload
    if d.err == "ETRAILING" or not p.readable or p.other_edition then return false end
    r:finding(m, d.text, { path = p.path .. "." .. d.path, expected = d.expected, seen = d.seen, clause = d.clause })
  end,
}
