return rule {
  id    = "E2-SUB-R08",
  title = "The answer to a RIC service request repeats its RAN function id",
  spec  = { "E2AP v03.01 9.1.1.2", "E2AP v03.01 9.1.1.3", "E2AP v03.01 9.1.1.9", "E2AP-R098", "E2AP-R117", "E2AP-R156" },
  level = "must", judges = "e2node", needs_all = true,
  on    = { "RICsubscriptionRequest", "RICsubscriptionResponse", "RICsubscriptionFailure", "RICsubscriptionDeleteRequest",
            "RICsubscriptionDeleteResponse", "RICcontrolRequest", "RICcontrolAcknowledge", "RICcontrolFailure" },
  advice = "Copy RANfunctionID from the request, also into failure messages.",

  open = function(r, m)
    local s, request = r:state(m), lib.request_of[m.name]
    local id, seen = m:key("RICrequestID"), m:get("RANfunctionID")
    if not id or not seen then return false end
    id = (request or m.name) .. id
    if not request then
      s[id] = (s[id] or seen) == seen and seen or nil -- of two open requests either may be answered
      return false
    end
    local asked = s[id]
    if not asked or m.from ~= "e2node" then return false end
    s[id] = nil
    if asked ~= seen then
      r:finding(m, m.name .. " has another RAN function id than its request",
        { path = "RANfunctionID", expected = tostring(asked), seen = tostring(seen) })
    end
  end,
}
