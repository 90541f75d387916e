-- ErrorIndication is left out: it goes the way of what it reports.
return rule {
  id    = "E2-LINK-R03",
  title = "Procedures of clause 8.3 and of clause 8.2 use different SCTP streams",
  spec  = { "E2GAP 6.2", "E2AP-R017", "E2AP-R018" },
  level = "should", judges = "both",
  steady = true,
  on    = lib.names_of(lib.family),
  advice = "Keep one stream pair for setup, reset, service update and the like, and at least one other for RIC services.",

  open = function(r, m)
    local family = lib.family[m.name]
    local s = r:state(m)
    local used = s[m.from]
    if not used then used = {} s[m.from] = used end
    local by = used[m.stream]
    if by == family then return end
    if not by then used[m.stream] = family return end
    r:finding(m, string.format("a message of the %s procedures goes over a stream that carried %s procedures",
      family == "service" and "RIC service (8.2)" or "support (8.3)", by == "service" and "RIC service (8.2)" or "support (8.3)"),
      { expected = "another stream", seen = "stream " .. m.stream })
  end,
}
