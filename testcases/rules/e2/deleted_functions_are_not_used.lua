return rule {
  id    = "E2-SVC-R04",
  title = "The RIC asks no service of a RAN function that the node has deleted",
  spec  = { "E2AP v03.01 8.3.4.2", "E2AP-R051" },
  level = "must", judges = "ric", needs_all = true,
  on    = { "RICserviceUpdateAcknowledge", "RICsubscriptionRequest", "RICcontrolRequest" },
  advice = "The RIC acknowledged the deletion before; its table of functions was not brought up to date.",

  open = function(r, m)
    local s = r:state(m)
    if m.name == "RICserviceUpdateAcknowledge" then s.answered = m.from == "ric" return false end
    local id = m:get("RANfunctionID")
    if not s.answered or m.from ~= "ric" or not id then return false end -- before its answer the RIC may not know yet
    local known = m.link.functions[id]
    if known and known.state == "deleted" then
      r:finding(m, m.name .. " names a RAN function that the node has deleted",
        { path = "RANfunctionID", expected = "a function in use", seen = id .. ", deleted" })
    end
  end,
}
