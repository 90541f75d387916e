local lists = { -- of measurements by format
  "actionDefinition-Format1.measInfoList", "actionDefinition-Format2.subscriptInfo.measInfoList", nil,
  "actionDefinition-Format4.subscriptionInfo.measInfoList", "actionDefinition-Format5.subscriptionInfo.measInfoList",
}

--- What is wrong with a label, given the name of its measurement (nil when it goes by id).
local function fault(label, name)
  local members = 0
  for _ in next, label do members = members + 1 end
  if label.noLabel and members > 1 then return "noLabel stands beside another member" end
  if label.distBinY and not label.distBinX then return "distBinY without distBinX" end
  if label.distBinZ and not (label.distBinX and label.distBinY) then return "distBinZ without distBinX and distBinY" end
  if name and name:sub(-7) ~= "_Filter" then
    for _, member in ipairs { "qCImax", "qCImin", "aRPmax", "aRPmin", "bitrateRange" } do
      if label[member] then return member .. " with a measurement whose name does not end in _Filter" end
    end
  end
end

return rule {
  id    = "E2-KPM-R09",
  title = "The members of a KPM measurement label go together",
  spec  = { "E2SM-KPM v06.00 8.3.11", "E2SM-R035", "E2SM-R036", "E2SM-R037" },
  level = "must", judges = "ric",
  on    = { "RICsubscriptionRequest" },
  advice = "A node can't tell which values a contradicting label asks for.",

  open = function(r, m)
    local concerned = false
    for _, p in lib.actions(m, "E2SM-KPM-ActionDefinition") do
      local format = lib.format(p, "actionDefinition-formats")
      local list = format and lists[format]
      for _, info in p:each("actionDefinition-formats." .. (list or lists[1])) do
        for _, entry in info:each("labelInfoList") do
          concerned = true
          local why = fault(entry.measLabel or {}, info:get("measType.measName"))
          if why then
            r:finding(m, "a KPM measurement label contradicts itself: " .. why, { path = entry.path .. ".measLabel", seen = why })
          end
        end
      end
    end
    return concerned
  end,
}
