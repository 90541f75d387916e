return rule {
  id    = "E2-DEL-R05",
  title = "RICsubscriptionDeleteRequired names subscriptions that the node has",
  spec  = { "E2AP v03.01 8.2.2A.2", "E2AP-R122", "E2AP-R124" },
  level = "should", judges = "e2node", editions = { from = "02.00" }, needs_all = true,
  on    = { "RICsubscriptionRequest", "RICsubscriptionDeleteRequired" },
  advice = "The RIC ignores an id that it does not know; what the node meant to end goes on.",

  open = function(r, m)
    local s = r:state(m)
    if m.name == "RICsubscriptionRequest" then s[m:key("RICrequestID") or ""] = true return false end
    if m.from ~= "e2node" or not lib.functions(r, m) then return false end
    for _, item in m:each("RICsubscriptionToBeRemoved") do
      local id = item:key("ricRequestID")
      if id and not s[id] then
        r:finding(m, "RICsubscriptionDeleteRequired names a RIC request id that was never subscribed on this association",
          { path = item.path .. ".ricRequestID", expected = "the id of a subscription",
            seen = string.format("%d/%d", item:get("ricRequestID.ricRequestorID"), item:get("ricRequestID.ricInstanceID")) })
      end
    end
  end,
}
