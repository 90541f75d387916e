return rule {
  id    = "E2-DEL-R03",
  title = "A delete request for an unknown RIC request id gets RICsubscriptionDeleteFailure",
  spec  = { "E2AP v03.01 8.2.2.3", "E2AP-R119" },
  level = "must", judges = "e2node", needs_all = true,
  on    = { "RICsubscriptionDeleteRequest", "RICsubscriptionDeleteResponse" },
  advice = "Expected cause: ricRequest request-id-unknown.",

  open = function(r, m)
    local s, id = r:state(m), m:key("RICrequestID")
    if not id then return false end
    if m.name == "RICsubscriptionDeleteRequest" then
      s[id] = m.subscription == nil and lib.functions(r, m) ~= nil and m.frame or nil
      return false
    end
    local unknown = s[id]
    s[id] = nil
    if m.from ~= "e2node" or r:lost(m) then return false end
    if unknown then
      r:finding(m, "RICsubscriptionDeleteResponse for a subscription that was never requested on this association",
        { path = "RICrequestID", expected = "RICsubscriptionDeleteFailure to the request in frame " .. unknown,
          seen = "RICsubscriptionDeleteResponse" })
    end
  end,
}
