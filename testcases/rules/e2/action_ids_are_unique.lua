return rule {
  id    = "E2-SUB-R04",
  title = "A subscription request names each action id once",
  spec  = { "E2AP v03.01 9.1.1.1", "E2AP v03.01 9.2.10", "E2AP-R114", "E2AP-R198" },
  level = "must", judges = "ric",
  on    = { "RICsubscriptionRequest" },
  advice = "Indications and answers name an action by this id alone.",

  open = function(r, m)
    local seen = {}
    for item in lib.requested(m) do
      local id = item.ricActionID
      if id and seen[id] then
        r:finding(m, "the same action id is requested twice",
          { path = item.path .. ".ricActionID", expected = "an id not used in " .. seen[id], seen = tostring(id) })
      elseif id then
        seen[id] = item.path
      end
    end
  end,
}
