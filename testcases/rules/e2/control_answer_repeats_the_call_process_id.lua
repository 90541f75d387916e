return rule {
  id    = "E2-CTL-R03",
  title = "The answer to a control request repeats its call process id",
  spec  = { "E2AP v03.01 9.1.1.9", "E2AP v03.01 9.1.1.10", "E2AP-R156", "E2SM-R086" },
  level = "must", judges = "e2node", needs_all = true,
  on    = { "RICcontrolRequest", "RICcontrolAcknowledge", "RICcontrolFailure" },
  advice = "Copy the octets of RICcallProcessID as they came.",

  open = function(r, m)
    local s, id = r:state(m), m:key("RICrequestID")
    if not id then return false end
    local open = s[id]
    if m.name == "RICcontrolRequest" then
      s[id] = { asked = m.RICcallProcessID, several = open ~= nil } -- of two open requests either may be answered
      return false
    end
    s[id] = nil
    local asked = open and open.asked
    if not asked or open.several or m.from ~= "e2node" then return false end
    if m.RICcallProcessID ~= asked then
      r:finding(m, m.name .. " does not repeat RICcallProcessID of the request",
        { path = "RICcallProcessID", expected = lib.hex(asked),
          seen = m.RICcallProcessID and lib.hex(m.RICcallProcessID) or "absent" })
    end
  end,
}
