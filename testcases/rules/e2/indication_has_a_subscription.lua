return rule {
  id    = "E2-IND-R01",
  title = "A RIC indication has the RIC request id of an accepted subscription",
  spec  = { "E2AP v03.01 8.2.3.2", "E2AP-R135" },
  level = "must", judges = "e2node", needs_all = true,
  steady = true,
  on    = { "RICindication" },
  advice = "Compare the id with those of the subscription requests before; a subscription of an earlier association has ended with it.",

  open = function(r, m)
    local subscription = m.subscription
    local state = subscription and subscription.state
    if state == "live" or state == "deleting" then return end
    if state == "requested" then -- on another stream it may overtake the response
      r:remark(m, "RICindication comes before the answer to its subscription request")
      return
    end
    if m.from ~= "e2node" or state == "deleted" then return false end -- E2-DEL-R02, E2-RESET-R02
    if state == "failed" then
      r:finding(m, "RICindication for a subscription that the node refused",
        { path = "RICrequestID", expected = "no indication for the request in frame " .. subscription.frame,
          seen = lib.id_text(m) })
    elseif lib.functions(r, m) then
      r:finding(m, "RICindication for a RIC request id that was never subscribed on this association",
        { path = "RICrequestID", expected = "the id of a subscription", seen = lib.id_text(m) })
    else
      return false
    end
  end,
}
