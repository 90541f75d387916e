local seconds = { v1s = 1, v2s = 2, v5s = 5, v10s = 10, v20s = 20, v60s = 60 }
local tolerance = 0.05 -- clocks and queues

return rule {
  id    = "E2-TIME-R02",
  title = "After a failure with TimeToWait the next try comes no earlier than that",
  spec  = { "E2AP v03.01 8.3.1.3", "E2AP v03.01 8.3.4.3", "E2AP v03.01 8.3.5.3", "E2AP v03.01 8.3.6.3", "E2AP-R031", "E2AP-R056", "E2AP-R073", "E2AP-R085" },
  level = "must", judges = "both", needs_all = true,
  on    = { "E2setupRequest", "E2setupFailure", "RICserviceUpdate", "RICserviceUpdateFailure", "E2nodeConfigurationUpdate",
            "E2nodeConfigurationUpdateFailure", "E2connectionUpdate", "E2connectionUpdateFailure" },
  advice = "The peer is overloaded or not ready and said so; an early try makes it worse.",

  open = function(r, m)
    local s, request = r:state(m), lib.request_of[m.name]
    if request then
      local wait = seconds[m:get("TimeToWait")]
      s[request] = wait and { wait = wait, time = m.time, frame = m.frame, to = m.to } or nil
      return false
    end
    local failed = s[m.name]
    if not failed or failed.to ~= m.from then return false end
    s[m.name] = nil
    local passed = m.time - failed.time
    if passed >= 0 and passed < failed.wait - tolerance then
      r:finding(m, m.name .. " comes before TimeToWait of the failure has passed",
        { expected = string.format("%d s or more after frame %d", failed.wait, failed.frame), seen = string.format("%.3f s", passed) })
    end
  end,
}
