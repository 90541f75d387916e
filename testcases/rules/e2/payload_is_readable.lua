return rule {
  id    = "E2-SM-R01",
  title = "Service-model octets are one encoding of the service model's type",
  spec  = { "E2SM v07.00 5", "E2AP v03.01 9.2.9", "E2SM-R001", "E2SM-R002" },
  level = "must", judges = "both",
  on    = { "@payload-finding" }, grade = "transfer-syntax",
  advice = "No shipped edition of the model reads these octets; a moved extension marker in the sender's ASN.1 is the usual cause. A vendor's own module can be loaded with --module.",

  open = function(r, m)
    local p = m.payload
    if not p.model or not p.type or p.other_edition then return false end
    r:finding(m, string.format("%s is no %s of any edition", p.ie, p.type),
      { path = p.path, expected = p.type .. " of " .. p.model, seen = #p.octets .. " octets that can't be decoded" })
  end,
}
