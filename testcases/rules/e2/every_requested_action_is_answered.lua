return rule {
  id    = "E2-SUB-R10",
  title = "Admitted and not admitted actions together are the requested ones, each named once",
  spec  = { "E2AP v03.01 8.2.1.2", "E2AP-R097" },
  level = "must", judges = "e2node", needs_all = true,
  on    = { "RICsubscriptionResponse" },
  advice = "An action that is not admitted must stand in RICactions-NotAdmitted with its cause, not be left out.",

  open = function(r, m)
    local subscription = m.subscription
    if not subscription or subscription.state ~= "requested" or m.from ~= "e2node" then return false end
    local named = {}
    for _, ie in ipairs { "RICactions-Admitted", "RICactions-NotAdmitted" } do
      for _, item in m:each(ie) do
        local id = item.ricActionID
        if id and named[id] then
          r:finding(m, "RICsubscriptionResponse names an action twice",
            { path = item.path .. ".ricActionID", expected = "an action not named in " .. named[id], seen = tostring(id) })
        end
        if id then named[id] = item.path end
      end
    end
    for id in pairs(subscription.actions) do
      if not named[id] then
        r:finding(m, "RICsubscriptionResponse says nothing about an action of the request",
          { path = "RICactions-NotAdmitted", expected = "action " .. id .. ", requested in frame " .. subscription.frame,
            seen = "absent" })
      end
    end
  end,
}
