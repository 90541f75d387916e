local format1 = "indicationMessage-formats.indicationMessage-Format1"

return rule {
  id    = "E2-KPM-R06",
  title = "A KPM record has one value for each label of each measurement in measInfoList of its message",
  spec  = { "E2SM-KPM v06.00 8.2.1.4.1", "E2SM-R027" },
  level = "must", judges = "e2node",
  on    = { "RICindication" },
  advice = "What has no value for a period is written noValue, not left out.",

  open = function(r, m)
    local p = m:payload_of("RICindicationMessage")
    if m.from ~= "e2node" or not lib.kpm(p) then return false, "no readable KPM indication" end
    local list = p:key(format1 .. ".measInfoList")
    if not list then return false, "no KPM message with measInfoList" end
    local s = r:state(m)
    if not s[list] then
      local labels = 0
      for _, item in p:each(format1 .. ".measInfoList") do labels = labels + item:count("labelInfoList") end
      s[list] = labels
    end
    for _, item in p:each(format1 .. ".measData") do
      local values = item:count("measRecord")
      if values ~= s[list] then
        r:finding(m, "a KPM record has another number of values than measInfoList has labels",
          { path = item.path .. ".measRecord", expected = s[list] .. " values", seen = values .. " values" })
      end
    end
  end,
}
