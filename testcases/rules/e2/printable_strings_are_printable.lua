return rule {
  id    = "E2-SM-R10",
  title = "PrintableStrings hold letters, digits, space and ' ( ) + , - . / : = ? only",
  spec  = { "X.680 (02/2021) 41.4", "E2SM-R011" },
  level = "must", judges = "both",
  on    = { "@finding", "@payload-finding" }, err = { "EALPHABET" },
  advice = "Underscore, @ and & are the usual ones; strict decoders refuse the whole message for them.",

  open = function(r, m)
    local d, p = m.diag, m.payload
    if p and (not p.readable or p.other_edition) then return false end
    if m.from == "ric" and d.path:find("E2nodeComponentConfig%a+Ack") then return false end -- it repeats the node's component id
    r:finding(m, d.text,
      { path = p and p.path .. "." .. d.path or d.path, expected = d.expected, seen = d.seen, clause = d.clause })
  end,
}
