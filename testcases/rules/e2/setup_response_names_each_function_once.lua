return rule {
  id    = "E2-SETUP-R06",
  title = "E2setupResponse accepts or rejects each RAN function of the request, exactly once",
  spec  = { "E2AP v03.01 8.3.1.2", "E2AP-R025" },
  level = "should", judges = "ric", needs_all = true,
  on    = { "E2setupRequest", "E2setupResponse" },
  advice = "A function that is in neither list is in limbo: the node can't know whether it will be subscribed to.",

  open = function(r, m)
    local s = r:state(m)
    if m.name == "E2setupRequest" then
      s.offered = {}
      for _, item in m:each("RANfunctionsAdded") do s.offered[item.ranFunctionID] = true end
      return false
    end
    if m.from ~= "ric" or not s.offered then return false end
    local named, concerned = {}, false
    for _, ie in ipairs { "RANfunctionsAccepted", "RANfunctionsRejected" } do
      for _, item in m:each(ie) do
        concerned = true
        named[item.ranFunctionID] = (named[item.ranFunctionID] or 0) + 1
      end
    end
    local why, id = lib.difference(s.offered, named)
    if concerned and why then
      r:finding(m, "E2setupResponse does not name each RAN function of the request once: " .. why,
        { path = "RANfunctionsAccepted", expected = "each function of the request once",
          seen = string.format("function %d %s", id, why) })
    end
    return concerned
  end,
}
