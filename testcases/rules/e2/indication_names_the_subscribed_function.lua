return rule {
  id    = "E2-IND-R04",
  title = "A RIC indication has the RAN function id of its subscription",
  spec  = { "E2AP v03.01 8.2.3.2", "E2AP-R135" },
  level = "should", judges = "e2node", needs_all = true,
  steady = true,
  on    = { "RICindication" },
  advice = "The RIC reads the octets by this id: with the wrong one it takes the wrong service model.",

  open = function(r, m)
    local subscription = m.subscription
    local id = m:get("RANfunctionID")
    if not subscription or not id then return false end
    if id == subscription.function_id then return end
    if m.from ~= "e2node" then return false end
    r:finding(m, "RICindication has another RAN function id than its subscription",
      { path = "RANfunctionID", expected = lib.show(subscription.function_id), seen = tostring(id) })
  end,
}
