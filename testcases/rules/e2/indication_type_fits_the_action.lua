return rule {
  id    = "E2-IND-R03",
  title = "The type of a RIC indication is that of its action",
  spec  = { "E2AP v03.01 9.2.15", "E2AP-R138" },
  level = "must", judges = "e2node", needs_all = true,
  steady = true,
  on    = { "RICindication" },
  advice = "Report actions give indications of type report, insert actions of type insert, policy actions none.",

  open = function(r, m)
    local subscription = m.subscription
    local action = subscription and subscription.actions[m:get("RICactionID")]
    if not action then return false end
    local type = m:get("RICindicationType")
    if type == action.type then return end
    if not type or not action.type or m.from ~= "e2node" then return false end -- the request may be before the capture
    r:finding(m, "the type of RICindication is not that of its action",
      { path = "RICindicationType", expected = action.type, seen = type })
  end,
}
