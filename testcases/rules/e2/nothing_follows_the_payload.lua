return rule {
  id    = "E2-SM-R05",
  title = "Nothing stands behind the encoding in an OCTET STRING of a service model",
  spec  = { "E2AP v03.01 9.2.9", "E2SM-R001" },
  level = "must", judges = "both",
  on    = { "@payload-finding" }, err = { "ETRAILING" },
  advice = "Octets left over mean a wrong length, or a newer edition than the one taken for this function.",

  open = function(r, m)
    local d, p = m.diag, m.payload
    if not p.readable or p.other_edition then return false end
    r:finding(m, d.text, { path = p.path .. "." .. d.path, expected = d.expected, seen = d.seen, clause = d.clause })
  end,
}
