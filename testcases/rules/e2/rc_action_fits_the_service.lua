local expected = { report = { [1] = true }, insert = { [3] = true, [4] = true }, policy = { [2] = true } }
local text = { report = "format 1", insert = "format 3, or 4 for style 255", policy = "format 2" }

return rule {
  id    = "E2-RC-R01",
  title = "The format of an RC action definition is that of the action's service",
  spec  = { "E2SM-RC v07.00 7.9", "E2SM-R056", "E2SM-R057", "E2SM-R059" },
  level = "must", judges = "ric",
  on    = { "RICsubscriptionRequest" },
  advice = "Report uses format 1, policy format 2, insert format 3 (format 4 for style 255).",

  open = function(r, m)
    local concerned = false
    for item, p in lib.actions(m, "E2SM-RC-ActionDefinition") do
      local format, service = lib.format(p, "ric-actionDefinition-formats"), item.ricActionType
      if format and expected[service] then
        concerned = true
        if not expected[service][format] then
          r:finding(m, "the format of an RC action definition is not that of a " .. service .. " action",
            { path = item.path .. ".ricActionDefinition.ric-actionDefinition-formats", expected = text[service],
              seen = "format " .. format })
        end
      end
    end
    return concerned
  end,
}
