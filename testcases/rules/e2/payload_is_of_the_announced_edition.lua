return rule {
  id    = "E2-SM-R02",
  title = "Service-model octets are of the edition that the RAN function was declared with",
  spec  = { "E2SM v07.00 5", "E2SM-R001" },
  level = "should", judges = "both",
  on    = { "@payload-finding" }, grade = "transfer-syntax",
  advice = "The OID does not tell the edition: set both peers to the same one. Force another with --sm if the wrong one was taken.",

  open = function(r, m)
    local p = m.payload
    if not p.model or not p.type or not p.other_edition then return false end
    r:finding(m, string.format("%s reads as %s only, not as the edition taken for the function", p.ie, p.other_edition),
      { path = p.path, expected = p.model, seen = p.other_edition })
  end,
}
