return rule {
  id    = "E2-DEL-R04",
  title = "The RIC deletes subscriptions that it made, by their RIC request id",
  spec  = { "E2AP v03.01 8.2.2.2", "E2AP-R116" },
  level = "must", judges = "ric", needs_all = true,
  on    = { "RICsubscriptionDeleteRequest" },
  advice = "Compare requestor and instance id with the subscription requests before.",

  open = function(r, m)
    if m.from ~= "ric" then return false end
    local subscription = m.subscription
    if subscription then return subscription.state ~= "deleted" and subscription.state ~= "failed" end -- a repeated try is no fault
    if not lib.functions(r, m) then return false end
    r:finding(m, "RICsubscriptionDeleteRequest for a RIC request id that was never subscribed on this association",
      { path = "RICrequestID", expected = "the id of a subscription", seen = lib.id_text(m) })
  end,
}
