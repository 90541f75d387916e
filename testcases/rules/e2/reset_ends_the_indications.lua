-- In flight when the reset was answered: over another stream, or sent before the answer of the RIC could arrive.
local grace = 1

return rule {
  id    = "E2-RESET-R02",
  title = "No RIC indication for a subscription made before the reset follows ResetResponse",
  spec  = { "E2AP v03.01 8.3.2.2", "E2AP-R036" },
  level = "must", judges = "e2node",
  on    = { "RICindication", "ResetRequest", "ResetResponse", "RICsubscriptionRequest", "RICsubscriptionResponse" },
  advice = "A reset ends all subscriptions of the interface; the RIC has to subscribe again.",

  open = function(r, m)
    local s = r:state(m)
    if m.name == "ResetRequest" then s.new = {} return false end -- what is asked for from here on may cross the reset
    if m.name == "ResetResponse" then
      s.reset, s.new = { time = m.time, frame = m.frame, stream = m.stream, from = m.from }, s.new or {}
      return false
    end
    if not s.new then return false end
    local id, reset = m:key("RICrequestID"), s.reset
    if not id then return false end
    if m.name ~= "RICindication" then s.new[id] = true return false end
    if not reset then return false end
    if s.new[id] then return end
    if m.from ~= "e2node" or r:lost(m) then return false end
    if (reset.from == "ric" or reset.stream ~= m.stream) and m.time - reset.time < grace then
      r:remark(m, "RICindication shortly after a reset, possibly in flight when it was answered")
      return
    end
    r:finding(m, "RICindication for a subscription that the reset has ended",
      { path = "RICrequestID", expected = "no indication after ResetResponse in frame " .. reset.frame, seen = lib.id_text(m) })
  end,
}
