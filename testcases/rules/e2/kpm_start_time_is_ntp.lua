local epoch = 2208988800 -- seconds from 1900 to 1970
local day = 86400

return rule {
  id    = "E2-KPM-R04",
  title = "colletStartTime of a KPM indication header is NTP time",
  spec  = { "E2SM-KPM v06.00 8.3.12", "E2SM-R023" },
  level = "must", judges = "e2node",
  on    = { "RICindication" },
  advice = "NTP counts from 1900: add 2208988800 to the seconds of Unix time; from KPM 03.00 the lower four octets are the fraction of a second.",

  open = function(r, m)
    local s, id = r:state(m), m:key("RICrequestID")
    if not id or s[id] then return end -- a subscription whose times were right once is not looked at again
    local p, clock = m:payload_of("RICindicationHeader"), m.clock
    if not clock or m.from ~= "e2node" or not lib.kpm(p) then return false, "no readable KPM indication" end
    local octets = p:get("indicationHeader-formats.indicationHeader-Format1.colletStartTime")
    if not octets or #octets < 4 then return false end
    local seconds = string.unpack(">I4", octets)
    if math.abs(lib.ntp_ahead(seconds, clock)) < day then s[id] = true return end
    local long = #octets == 8 and string.unpack(">I8", octets) or 0
    local unit = math.abs(seconds - clock) < day and "seconds" or math.abs(long - clock) < day and "seconds, in 64 bits"
      or math.abs(long / 1e3 - clock) < day and "milliseconds" or math.abs(long / 1e6 - clock) < day and "microseconds"
    local what = { path = p.path .. ".colletStartTime", expected = "NTP time, seconds " .. math.floor(clock) + epoch, seen = lib.hex(octets) }
    if not unit and seconds < epoch and seconds >= 0x80000000 then
      r:finding(m, "colletStartTime as NTP time lies before 1970", what)
      return
    elseif not unit then -- a clock may be wrong
      r:remark(m, "colletStartTime is more than a day away from the time of the capture", what)
      return false
    end
    r:finding(m, "colletStartTime counts from 1970 (" .. unit .. "), not NTP time", what)
  end,
}
