local paths = { -- of granulPeriod by format
  "actionDefinition-Format1.granulPeriod", "actionDefinition-Format2.subscriptInfo.granulPeriod", "actionDefinition-Format3.granulPeriod",
  "actionDefinition-Format4.subscriptionInfo.granulPeriod", "actionDefinition-Format5.subscriptionInfo.granulPeriod",
}

return rule {
  id    = "E2-KPM-R08",
  title = "The granularity period of a KPM action is at most the reporting period",
  spec  = { "E2SM-KPM v06.00 8.3.8", "E2SM-R025" },
  level = "should", judges = "ric",
  on    = { "RICsubscriptionRequest" },
  advice = "A record that is not complete within the reporting period can't be reported in it.",

  open = function(r, m)
    local trigger, concerned = m:payload_of("RICsubscriptionDetails.ricEventTriggerDefinition"), false
    local period = lib.kpm(trigger) and trigger:get("eventDefinition-formats.eventDefinition-Format1.reportingPeriod")
    if not period then return false end
    for item, p in lib.actions(m, "E2SM-KPM-ActionDefinition") do
      local format = lib.format(p, "actionDefinition-formats")
      local granularity = format and paths[format] and p:get("actionDefinition-formats." .. paths[format])
      if granularity then
        concerned = true
        if granularity > period then
          r:finding(m, "the granularity period of a KPM action is longer than the reporting period",
            { path = item.path .. ".ricActionDefinition.granulPeriod", expected = period .. " ms or less",
              seen = granularity .. " ms" })
        end
      end
    end
    return concerned
  end,
}
