-- A side may give a request up by a timer of its own, which nobody sees: one not answered for longer is taken for that.
local given_up = 1 -- seconds

return rule {
  id    = "E2-SETUP-R09",
  title = "Two open procedures of the same type from the same side have different transaction ids",
  spec  = { "E2AP v03.01 9.2.33", "E2AP-R200" },
  level = "must", judges = "both", editions = { from = "02.00" }, needs_all = true,
  on    = lib.support_names,
  advice = "If the first request went unanswered, see why before the id; a repeated request needs an id of its own.",

  open = function(r, m)
    local id = m.TransactionID
    if not id then return false end
    local s, request = r:state(m), lib.request_of[m.name]
    local key = (request or m.name) .. (request and m.to or m.from)
    local open = s[key]
    if not open then open = {} s[key] = open end
    if request then open[id] = nil return false end
    if r:lost(m) then return false end
    local older = open[id]
    if older and m.time - older.time < given_up then
      r:finding(m, m.name .. " uses the transaction id of another " .. m.name .. " that is not answered yet",
        { path = "TransactionID", expected = "an id other than that of frame " .. older.frame, seen = tostring(id) })
    end
    open[id] = { frame = m.frame, time = m.time }
  end,
}
