return rule {
  id    = "E2-SUB-R09",
  title = "A subscription response names only actions of the request",
  spec  = { "E2AP v03.01 8.2.1.2", "E2AP-R096", "E2AP-R097" },
  level = "must", judges = "e2node", needs_all = true,
  on    = { "RICsubscriptionResponse" },
  advice = "The RIC has no action under that id and can't use its indications.",

  open = function(r, m)
    local subscription = m.subscription
    if not subscription or subscription.state ~= "requested" or m.from ~= "e2node" then return false end
    for _, ie in ipairs { "RICactions-Admitted", "RICactions-NotAdmitted" } do
      for _, item in m:each(ie) do
        local id = item.ricActionID
        if id and not subscription.actions[id] then
          r:finding(m, "RICsubscriptionResponse names an action that was not requested",
            { path = item.path .. ".ricActionID", expected = "an action of the request in frame " .. subscription.frame,
              seen = tostring(id) })
        end
      end
    end
  end,
}
