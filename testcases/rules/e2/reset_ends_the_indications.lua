-- In flight when the answer was sent: over another stream, or before the answer of the RIC could arrive.
local grace = 1

return rule {
  id    = "E2-RESET-R02",
  title = "No RIC indication for a subscription made before follows the response to a reset or removal",
  spec  = { "E2AP v03.01 8.3.2.2", "E2AP v03.01 8.3.7.2", "E2AP-R036", "E2AP-R088", "E2AP-R091" },
  level = "must", judges = "e2node", needs_all = true,
  steady = true,
  on    = { "RICindication", "ResetRequest", "ResetResponse", "E2RemovalRequest", "E2RemovalResponse", "RICsubscriptionRequest",
            "RICsubscriptionResponse" },
  advice = "Reset and removal end all subscriptions of the interface; after a reset the RIC has to subscribe again.",

  open = function(r, m)
    local s, name = r:state(m), m.name
    if name == "ResetRequest" or name == "E2RemovalRequest" then s.new = {} return false end -- what is asked for from here on may cross it
    if name == "ResetResponse" or name == "E2RemovalResponse" then
      s.ended, s.new = { by = name, time = m.time, frame = m.frame, stream = m.stream, from = m.from }, s.new or {}
      return -- kept, if nothing follows
    end
    if not s.new then return false end
    local id, ended = m:key("RICrequestID"), s.ended
    if not id then return false end
    if name ~= "RICindication" then s.new[id] = true return false end
    if not ended then return false end
    if s.new[id] then return end
    if m.from ~= "e2node" or r:lost(m) then return false end
    if (ended.from == "ric" or ended.stream ~= m.stream) and m.time - ended.time < grace then
      r:remark(m, "RICindication shortly after " .. ended.by .. ", possibly in flight when that was sent")
      return
    end
    r:finding(m, "RICindication for a subscription that was ended by " .. ended.by,
      { path = "RICrequestID", expected = "no indication after frame " .. ended.frame, seen = lib.id_text(m) })
  end,
}
