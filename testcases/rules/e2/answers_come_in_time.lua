-- E2AP gives its timers no value. 10 s is ours: well over what any interface needs, and level should.
return rule {
  id    = "E2-TIME-R01",
  title = "Each class 1 request is answered within 10 s",
  spec  = { "E2AP v03.01 9.5", "E2AP-R094", "E2AP-R116", "E2AP-R145", "E2AP-R160", "E2AP-R177" },
  level = "should", judges = "both",
  on    = lib.class1_and { "ErrorIndication" },
  advice = "Look in the log of the side that owes the answer at the time of the request; the peer's timer may be shorter than 10 s.",

  open = function(r, m)
    local request = lib.request_of[m.name] or m.name
    local s = r:state(m)
    if m.name == "ErrorIndication" or m.name == "ResetRequest" or m.name == "E2RemovalRequest" then
      for key in pairs(s) do r:forget(key, m) s[key] = nil end
      if m.name == "ErrorIndication" then return false end
    end
    local id = m:key(lib.pairs_by[request])
    if not id then return false end
    local key = request .. (m.name == request and m.from or m.to) .. id
    if m.name ~= request then
      s[key] = nil
      r:settle(key, m)
    elseif m:get("RICcontrolAckRequest") == "noAck" or r:lost(m) then
      return false
    else
      s[key] = true
      r:pending(key, m, { within = 10, what = "an answer to " .. request })
    end
  end,
}
