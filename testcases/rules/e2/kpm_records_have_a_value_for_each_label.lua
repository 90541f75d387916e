local list = "indicationMessage-formats.indicationMessage-Format1.measInfoList"
local data = "indicationMessage-formats.indicationMessage-Format1.measData"
local first = data .. "[0].measRecord"

local function judge(r, p, path, values, labels)
  if values == labels then return end
  r:finding(p, "a KPM record has another number of values than measInfoList has labels",
    { path = path, expected = labels .. " values", seen = values .. " values" })
end

return rule {
  id    = "E2-KPM-R06",
  title = "A KPM record has one value for each label of each measurement in measInfoList of its message",
  spec  = { "E2SM-KPM v06.00 8.2.1.4.1", "E2SM-R027" },
  level = "must", judges = "e2node",
  on    = { "RICindication" },
  advice = "What has no value for a period is written noValue, not left out.",

  open = function(r, m)
    local p = m:payload_of("RICindicationMessage")
    if not p or p.type ~= "E2SM-KPM-IndicationMessage" or not p.readable or m.from ~= "e2node" then
      return false, "no readable KPM indication"
    end
    local measurements = p:key(list)
    if not measurements then return false, "no KPM message with measInfoList" end
    local s = r:state(m)
    local known = s.known
    if not known or s.n > 100 then -- a node that changes its list all the time is not to fill the memory
      known, s.n = {}, 0
      s.known = known
    end
    local labels = known[measurements]
    if not labels then
      labels = 0
      for _, item in p:each(list) do labels = labels + item:count("labelInfoList") end
      known[measurements], s.n = labels, s.n + 1
    end
    if p:count(data) == 1 then return judge(r, p, first, p:count(first), labels) end
    for i, item in p:each(data) do judge(r, p, string.format("%s[%d].measRecord", data, i), item:count("measRecord"), labels) end
  end,
}
