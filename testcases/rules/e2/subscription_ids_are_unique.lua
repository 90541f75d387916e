return rule {
  id    = "E2-SUB-R03",
  title = "A RIC subscription request has a RIC request id that no open subscription of the node has",
  spec  = { "E2AP v03.01 8.2.1.2", "E2AP v03.01 9.2.7", "E2AP-R093", "E2AP-R196" },
  level = "must", judges = "ric",
  on    = { "RICsubscriptionRequest" },
  advice = "Several xApps behind one RIC must not choose these numbers on their own; give each subscription another instance id.",

  open = function(r, m)
    if m.from ~= "ric" or r:lost(m) then return false end
    local subscription = m.subscription
    if not subscription then return end
    if subscription.state == "requested" or subscription.state == "live" then
      r:finding(m, "the RIC request id belongs to a subscription that is not ended",
        { path = "RICrequestID", expected = "an id other than that of frame " .. subscription.frame, seen = lib.id_text(m) })
    end
  end,
}
