return rule {
  id    = "E2-CTL-R02",
  title = "A control request with noAck gets no RICcontrolAcknowledge",
  spec  = { "E2AP v03.01 8.2.4.2", "E2AP-R147" },
  level = "must", judges = "e2node", editions = { from = "02.00" }, needs_all = true,
  on    = { "RICcontrolRequest", "RICcontrolAcknowledge" },
  advice = "Only RICcontrolFailure may answer such a request.",

  open = function(r, m)
    local s, id = r:state(m), m:key("RICrequestID")
    if not id then return false end
    if m.name == "RICcontrolRequest" then
      local ack = m:get("RICcontrolAckRequest") or "absent"
      -- Several requests open under one id: which of them is answered can't be told.
      s[id] = { ack = ack, frame = m.frame, open = s[id] and s[id].ack ~= ack and "mixed" or nil }
      return false
    end
    local asked = s[id]
    s[id] = nil
    if not asked or asked.open or asked.ack ~= "noAck" or m.from ~= "e2node" or r:lost(m) then return false end
    r:finding(m, "RICcontrolAcknowledge to a request with RICcontrolAckRequest noAck",
      { expected = "no acknowledge to the request in frame " .. asked.frame, seen = "RICcontrolAcknowledge" })
  end,
}
