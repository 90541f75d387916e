return rule {
  id    = "E2-KPM-R10",
  title = "A KPM action uses a report style and measurements that the node declared",
  spec  = { "E2SM-KPM v06.00 7.1", "E2SM-R008" },
  level = "should", judges = "ric", needs_all = true,
  on    = { "E2setupRequest", "RICsubscriptionRequest" },
  advice = "The RAN function definition of the setup lists styles and, for each, the measurements.",

  open = function(r, m)
    local s = r:state(m)
    if m.name == "E2setupRequest" then
      for item, p in lib.definitions(m) do
        if lib.kpm(p) then
          local styles = {}
          for _, style in p:each("ric-ReportStyle-List") do styles[style["ric-ReportStyle-Type"]] = true end
          s[item.ranFunctionID] = next(styles) and styles or nil
        end
      end
      return false
    end
    local styles, concerned = s[m:get("RANfunctionID")], false
    if not styles or m.from ~= "ric" then return false end
    for item, p in lib.actions(m, "E2SM-KPM-ActionDefinition") do
      local style = p:get("ric-Style-Type")
      concerned = true
      if not styles[style] then
        r:finding(m, "a KPM action uses a report style that the node did not declare",
          { path = item.path .. ".ricActionDefinition.ric-Style-Type", expected = "a style of the RAN function definition",
            seen = lib.show(style) })
      end
    end
    return concerned
  end,
}
