return rule {
  id    = "E2-LINK-R02",
  title = "The E2 node opens the SCTP association",
  spec  = { "E2GAP 6.1", "E2AP-R016" },
  level = "must", judges = "ric",
  on    = { "E2setupRequest", "E2nodeConfigurationUpdate" },
  advice = "The RIC listens; the node connects to the address and port that it has by configuration.",

  open = function(r, m)
    local s = r:state(m)
    if s.judged or m.from ~= "e2node" or not m.link.opened_by then return false end
    s.judged = true
    if m.link.opened_by == "ric" then
      r:finding(m, "the SCTP INIT of this association came from the RIC",
        { expected = "from the E2 node", seen = "from the RIC", side = "ric" })
    end
  end,
}
