return rule {
  id    = "E2-ASSIST-R02",
  title = "RICassistanceSN is not used twice in one RIC assistance",
  spec  = { "E2AP v07.00 8.2.12.2", "E2AP-R194" },
  level = "must", judges = "ric", editions = { from = "07.00" }, needs_all = true,
  on    = { "RICassistanceRequest", "RICassistanceIndication" },
  advice = "The node tells repeated indications by this number.",

  open = function(r, m)
    local s, id = r:state(m), m:key("RICrequestID")
    if not id then return false end
    if m.name == "RICassistanceRequest" then s[id] = {} return false end
    local used, number = s[id], m:get("RICassistanceSN")
    if not used or not number or m.from ~= "ric" then return false end
    if used[number] then
      r:finding(m, "RICassistanceSN was used before in this RIC assistance",
        { path = "RICassistanceSN", expected = "a number other than that of frame " .. used[number], seen = tostring(number) })
    end
    used[number] = m.frame
  end,
}
