return rule {
  id    = "E2-CODEC-R01",
  title = "Each message is ALIGNED BASIC-PER of the E2AP types and can be read to its end",
  spec  = { "E2AP v03.01 9.4", "E2AP-R001" },
  level = "must", judges = "both",
  on    = { "@refused" },
  advice = "Look at the octets at the bit given: all that stands before it was read; an edition can be forced with --e2ap if the wrong one was taken.",

  open = function(r, m)
    local d = m.diag
    r:finding(m, "the message can't be decoded: " .. d.text,
      { path = d.path, expected = d.expected, seen = d.seen, clause = d.clause })
  end,
}
