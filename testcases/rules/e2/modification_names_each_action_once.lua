local requested = {
  "RICactionsToBeRemovedForModification-List", "RICactionsToBeModifiedForModification-List",
  "RICactionsToBeAddedForModification-List",
}

return rule {
  id    = "E2-MOD-R03",
  title = "A modification request names each action in one of its lists only",
  spec  = { "E2AP v03.01 8.2.5.4", "E2AP-R170" },
  level = "should", judges = "ric", editions = { from = "03.01" },
  on    = { "RICsubscriptionModificationRequest" },
  advice = "The node must refuse the request; to replace an action, modify it or use another id.",

  open = function(r, m)
    if m.from ~= "ric" then return false end
    local named = {}
    for _, ie in ipairs(requested) do
      for _, item in m:each(ie) do
        local id = item.ricActionID
        if id and named[id] then
          r:finding(m, "the same action id stands twice in RICsubscriptionModificationRequest",
            { path = item.path .. ".ricActionID", expected = "an action not named in " .. named[id], seen = tostring(id) })
        end
        if id then named[id] = item.path end
      end
    end
  end,
}
