return rule {
  id    = "E2-SM-R01",
  title = "Service-model octets are one encoding of the service model's type",
  spec  = { "E2SM v07.00 5", "E2AP v03.01 9.2.9", "E2SM-R001", "E2SM-R002" },
  level = "must", judges = "both",
  on    = { "@payload-finding" }, grade = "transfer-syntax",
  advice = "Check which edition of the service model the sender's ASN.1 is, and that its extension markers stand where that edition has them. A vendor's own module can be loaded with --module.",

  open = function(r, m)
    local p, d = m.payload, m.diag
    if not p.model or not p.type or p.other_edition then return false end
    local text = string.format("%s is no %s of any edition", p.ie, p.type)
    if p.markers_last then
      text = string.format("%s; it is one of %s with the extension marker of each CHOICE moved to its end", text, p.markers_last)
    end
    r:finding(m, text, { path = p.path, expected = p.type .. " of " .. p.model,
      seen = string.format("%d octets; at bit %d: %s", #p.octets, d.bit, d.text) })
  end,
}
