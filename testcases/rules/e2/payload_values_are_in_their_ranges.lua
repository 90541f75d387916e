return rule {
  id    = "E2-SM-R03",
  title = "Each value of a service-model payload is inside the range and size of its type",
  spec  = { "E2SM v07.00 5", "E2SM-R001", "E2SM-R002" },
  level = "must", judges = "both",
  on    = { "@payload-finding" }, grade = "constraint",
  advice = "Compare the value with the type in the service model's ASN.1.",

  open = function(r, m)
    local d, p = m.diag, m.payload
    if d.err == "EALPHABET" or not p.readable or p.other_edition then return false end
    r:finding(m, d.text, { path = p.path .. "." .. d.path, expected = d.expected, seen = d.seen, clause = d.clause })
  end,
}
