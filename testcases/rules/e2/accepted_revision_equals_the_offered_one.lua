return rule {
  id    = "E2-SETUP-R07",
  title = "The revision of an accepted RAN function is the one that the node sent",
  spec  = { "E2AP v03.01 9.1.2.3", "E2AP-R027" },
  level = "must", judges = "ric", needs_all = true,
  on    = { "E2setupRequest", "E2setupResponse" },
  advice = "A constant revision in the answer works until the node changes a definition; copy the one of the request.",

  open = function(r, m)
    local s = r:state(m)
    if m.name == "E2setupRequest" then
      s.revision = {}
      for _, item in m:each("RANfunctionsAdded") do s.revision[item.ranFunctionID] = item.ranFunctionRevision end
      return false
    end
    if m.from ~= "ric" or not s.revision then return false end
    local concerned = false
    for _, item in m:each("RANfunctionsAccepted") do
      local sent = s.revision[item.ranFunctionID]
      if sent then
        concerned = true
        if item.ranFunctionRevision ~= sent then
          r:finding(m, "an accepted RAN function has another revision than in E2setupRequest",
            { path = item.path .. ".ranFunctionRevision", expected = tostring(sent), seen = lib.show(item.ranFunctionRevision) })
        end
      end
    end
    return concerned
  end,
}
