-- The RIC may have given a request up by a timer of its own; and what the node wants deleted it may have ended itself.
local given_up = 1 -- seconds

return rule {
  id    = "E2-SUB-R03",
  title = "A RIC subscription request has a RIC request id that no open subscription of the node has",
  spec  = { "E2AP v03.01 8.2.1.2", "E2AP v03.01 9.2.7", "E2AP-R093", "E2AP-R196" },
  level = "must", judges = "ric", needs_all = true,
  on    = { "RICsubscriptionRequest", "RICsubscriptionDeleteRequired" },
  advice = "Several xApps behind one RIC must not choose these numbers on their own; give each subscription another instance id.",

  open = function(r, m)
    local s = r:state(m)
    if m.name == "RICsubscriptionDeleteRequired" then
      for _, item in m:each("RICsubscriptionToBeRemoved") do s[item:key("ricRequestID") or ""] = true end
      return false
    end
    local subscription, id = m.subscription, m:key("RICrequestID")
    if m.from ~= "ric" or not id or s[id] or r:lost(m) then return false end
    local state = subscription and subscription.state
    if state == "live" or state == "requested" and m.time - subscription.time < given_up then
      r:finding(m, "the RIC request id belongs to a subscription that is not ended",
        { path = "RICrequestID", expected = "an id other than that of frame " .. subscription.frame, seen = lib.id_text(m) })
    end
  end,
}
