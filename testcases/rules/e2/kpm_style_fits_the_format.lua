return rule {
  id    = "E2-KPM-R01",
  title = "The style of a KPM action definition has the format of the same number",
  spec  = { "E2SM-KPM v06.00 7.8", "E2SM-R020" },
  level = "must", judges = "ric",
  on    = { "RICsubscriptionRequest" },
  advice = "Styles 1 to 5 use formats 1 to 5.",

  open = function(r, m)
    local concerned = false
    for item, p in lib.actions(m, "E2SM-KPM-ActionDefinition") do
      local style, format = p:get("ric-Style-Type"), lib.format(p, "actionDefinition-formats")
      if style and format then
        concerned = true
        if style ~= format then
          r:finding(m, "the format of a KPM action definition is not that of its style",
            { path = item.path .. ".ricActionDefinition.actionDefinition-formats", expected = "format " .. style,
              seen = "format " .. format })
        end
      end
    end
    return concerned
  end,
}
