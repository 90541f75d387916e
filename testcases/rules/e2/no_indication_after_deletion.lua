local grace = 1 -- seconds in which an indication on another stream may still arrive: streams are not ordered

return rule {
  id    = "E2-DEL-R02",
  title = "No RIC indication follows RICsubscriptionDeleteResponse",
  spec  = { "E2AP v03.01 8.2.2.2", "E2AP-R118" },
  level = "must", judges = "e2node", needs_all = true,
  steady = true,
  on    = { "RICindication", "RICsubscriptionDeleteResponse" },
  advice = "The node must stop the event trigger before it answers; on one stream nothing can overtake the answer.",

  open = function(r, m)
    local subscription = m.subscription
    if m.name == "RICsubscriptionDeleteResponse" then
      local id = m:key("RICrequestID")
      if not id then return false end
      r:state(m)[id] = { stream = m.stream, frame = m.frame, time = m.time }
      return -- kept, if nothing follows
    end
    if not subscription or subscription.state ~= "deleted" or m.from ~= "e2node" then return false end
    local deleted = r:state(m)[m:key("RICrequestID")]
    if not deleted or subscription.deleted_time ~= deleted.time then return false end -- ended by reset or removal
    if deleted.stream ~= m.stream and m.time - deleted.time < grace then
      r:remark(m, "RICindication comes shortly after the deletion of its subscription, over another stream")
      return
    end
    r:finding(m, "RICindication after the deletion of its subscription was confirmed",
      { path = "RICrequestID", expected = "no indication after frame " .. deleted.frame, seen = lib.id_text(m) })
  end,
}
