return rule {
  id    = "E2-KPM-R03",
  title = "A KPM function admits report actions only",
  spec  = { "E2SM-KPM v06.00 7.5", "E2AP v03.01 8.2.1.4", "E2SM-R019", "E2AP-R102" },
  level = "must", judges = "e2node", needs_all = true,
  on    = { "RICsubscriptionResponse" },
  advice = "KPM has no insert, control and policy service; such an action belongs in RICactions-NotAdmitted.",

  open = function(r, m)
    local subscription = m.subscription
    local f = m.link.functions[m:get("RANfunctionID")]
    if not subscription or subscription.state ~= "requested" or m.from ~= "e2node" then return false end
    if not f or lib.models[f.oid] ~= "ORAN-E2SM-KPM" then return false, "no subscription to a KPM function" end
    for _, item in m:each("RICactions-Admitted") do
      local action = subscription.actions[item.ricActionID]
      if action and action.type and action.type ~= "report" then
        r:finding(m, "a KPM function admits an action that is no report",
          { path = item.path .. ".ricActionID", expected = "report",
            seen = string.format("action %d, %s", item.ricActionID, action.type) })
      end
    end
  end,
}
