return rule {
  id    = "E2-IND-R02",
  title = "A RIC indication has an action id that was admitted in its subscription",
  spec  = { "E2AP v03.01 8.2.3.2", "E2AP-R135" },
  level = "must", judges = "e2node", needs_all = true,
  steady = true,
  on    = { "RICindication", "RICsubscriptionModificationResponse" },
  advice = "Compare with RICactions-Admitted of the subscription response.",

  open = function(r, m)
    local subscription = m.subscription
    if m.name ~= "RICindication" then -- its actions are no longer those of the request
      if subscription then r:state(m)[m:key("RICrequestID")] = true end
      return false
    end
    if not subscription or subscription.state == "requested" then return false end
    local id = m:get("RICactionID")
    local action = subscription.actions[id]
    if action and action.admitted then return end
    if not id or m.from ~= "e2node" or action and action.admitted == nil then return false end
    if r:state(m)[m:key("RICrequestID")] then return false end
    r:finding(m, action and "RICindication for an action that was not admitted" or "RICindication for an action that was not requested",
      { path = "RICactionID", expected = "an action admitted for this subscription", seen = tostring(id) })
  end,
}
