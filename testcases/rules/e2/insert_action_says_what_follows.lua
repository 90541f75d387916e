return rule {
  id    = "E2-SUB-R05",
  title = "An insert action has ricSubsequentAction",
  spec  = { "E2AP v03.01 9.2.13", "E2AP-R115" },
  level = "must", judges = "ric",
  on    = { "RICsubscriptionRequest" },
  advice = "Without it the node does not know how long to hold the call, nor whether to go on when no control comes.",

  open = function(r, m)
    local concerned = false
    for item in lib.requested(m) do
      if item.ricActionType == "insert" then
        concerned = true
        if not item:has("ricSubsequentAction") then
          r:finding(m, "an insert action has no ricSubsequentAction",
            { path = item.path .. ".ricSubsequentAction", expected = "type and time to wait", seen = "absent" })
        end
      end
    end
    return concerned
  end,
}
