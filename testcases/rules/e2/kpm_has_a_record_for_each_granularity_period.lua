local data = "indicationMessage-formats.indicationMessage-Format1.measData"
local granularity_of = "indicationMessage-formats.indicationMessage-Format1.granulPeriod"

return rule {
  id    = "E2-KPM-R07",
  title = "A KPM indication message has one record for each granularity period of the reporting period",
  spec  = { "E2SM-KPM v06.00 7.4.2.4", "E2SM-R026" },
  level = "should", judges = "e2node", needs_all = true,
  on    = { "RICsubscriptionRequest", "RICsubscriptionModificationRequest", "RICindication" },
  advice = "reportingPeriod of the event trigger divided by granulPeriod is the number of records in measData.",

  open = function(r, m)
    local s, id = r:state(m), m:key("RICrequestID")
    if not id then return false end
    if m.name ~= "RICindication" then
      s[id] = nil
      if lib.changes(m) then return false end
      local p = m:payload_of("RICsubscriptionDetails.ricEventTriggerDefinition")
      s[id] = lib.kpm(p) and p:get("eventDefinition-formats.eventDefinition-Format1.reportingPeriod") or nil
      return false
    end
    local period = s[id]
    if not period or m.from ~= "e2node" then return false, "no indication for a readable KPM event trigger" end
    local p = m:payload_of("RICindicationMessage")
    if not p or p.type ~= "E2SM-KPM-IndicationMessage" or not p.readable then return false, "no readable KPM indication" end
    local granularity = p:get(granularity_of)
    if not granularity or granularity == 0 or period % granularity ~= 0 then return false, "no message with granulPeriod" end
    local records = p:count(data)
    if records ~= period // granularity then
      r:finding(p, "the number of KPM records is not that of the granularity periods",
        { path = data, expected = string.format("%d records (%d ms of %d ms each)", period // granularity, period, granularity),
          seen = records .. " records" })
    end
  end,
}
