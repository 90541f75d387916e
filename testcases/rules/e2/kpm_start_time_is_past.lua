local tolerance = 2 -- seconds; the clocks of node and capture differ

return rule {
  id    = "E2-KPM-R05",
  title = "colletStartTime of a KPM indication header does not lie after its arrival",
  spec  = { "E2SM-KPM v06.00 7.4.2.3", "E2SM-R024" },
  level = "should", judges = "e2node",
  on    = { "RICindication" },
  advice = "Compare the clocks of the node and of the machine that captured before looking further.",

  open = function(r, m)
    local s, id = r:state(m), m:key("RICrequestID")
    if not id or s[id] then return end -- as in E2-KPM-R04
    local p, clock = m:payload_of("RICindicationHeader"), m.clock
    if not clock or m.from ~= "e2node" or not lib.kpm(p) then return false, "no readable KPM indication" end
    local octets = p:get("indicationHeader-formats.indicationHeader-Format1.colletStartTime")
    if not octets or #octets < 4 then return false end
    local ahead = lib.ntp_ahead(string.unpack(">I4", octets), clock)
    if math.abs(ahead) > 86400 then return false end -- E2-KPM-R04
    s[id] = ahead <= tolerance
    if ahead > tolerance then
      r:finding(m, "colletStartTime lies after the arrival of the indication",
        { path = p.path .. ".colletStartTime", expected = "a time before the indication",
          seen = string.format("%.0f s after it", ahead) })
    end
  end,
}
