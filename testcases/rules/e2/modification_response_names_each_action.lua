local pairs_of_lists = {
  ToBeRemoved = { "Removed", "FailedToBeRemoved" }, ToBeModified = { "Modified", "FailedToBeModified" },
  ToBeAdded = { "Added", "FailedToBeAdded" },
}

local function actions(m, part, seen)
  for _, item in m:each("RICactions" .. part .. "ForModification-List") do
    if item.ricActionID then seen[item.ricActionID] = (seen[item.ricActionID] or 0) + 1 end
  end
  return seen
end

return rule {
  id    = "E2-MOD-R04",
  title = "A modification response reports each requested action in exactly one list",
  spec  = { "E2AP v03.01 8.2.5.2", "E2AP-R165" },
  level = "must", judges = "e2node", editions = { from = "03.01" }, needs_all = true,
  on    = { "RICsubscriptionModificationRequest", "RICsubscriptionModificationResponse" },
  advice = "What did not succeed stands in the list of failed ones, with a cause.",

  open = function(r, m)
    local s, id = r:state(m), m:key("RICrequestID")
    if not id then return false end
    if m.name == "RICsubscriptionModificationRequest" then
      s[id] = {}
      for part in pairs(pairs_of_lists) do s[id][part] = actions(m, part, {}) end
      return false
    end
    local asked = s[id]
    if not asked or m.from ~= "e2node" then return false end
    for part, lists in pairs(pairs_of_lists) do
      local why, action = lib.difference(asked[part], actions(m, lists[2], actions(m, lists[1], {})))
      if why then
        r:finding(m, "RICsubscriptionModificationResponse does not report each requested action once: " .. why,
          { path = "RICactions" .. lists[1] .. "ForModification-List", expected = "the actions of RICactions" .. part .. "ForModification-List",
            seen = string.format("action %d %s", action, why) })
      end
    end
  end,
}
