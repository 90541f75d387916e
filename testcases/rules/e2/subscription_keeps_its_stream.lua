return rule {
  id    = "E2-LINK-R04",
  title = "All messages of the E2 node for one RIC subscription use one SCTP stream",
  spec  = { "E2GAP 6.2", "E2AP-R020" },
  level = "should", judges = "e2node", needs_all = true,
  steady = true,
  on    = { "RICsubscriptionResponse", "RICindication", "RICsubscriptionDeleteResponse" },
  advice = "Messages on different streams may overtake each other: an indication can arrive before the response or after the deletion.",

  open = function(r, m)
    local id = m:key("RICrequestID")
    if not id or m.from ~= "e2node" then return false end
    local s = r:state(m)
    local stream = s[id]
    if m.name == "RICsubscriptionResponse" then s[id] = m.stream return end
    if not stream then return false end
    if m.name == "RICsubscriptionDeleteResponse" then s[id] = nil end
    if stream ~= m.stream then
      r:finding(m, m.name .. " goes over another SCTP stream than the RICsubscriptionResponse of its subscription",
        { expected = "stream " .. stream, seen = "stream " .. m.stream })
    end
  end,
}
