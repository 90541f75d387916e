local most = 100000 -- ids kept

return rule {
  id    = "E2-CTL-R04",
  title = "A call process id in a control request is one that an insert indication gave",
  spec  = { "E2AP v03.01 8.2.4.2", "E2AP-R149", "E2AP-R150" },
  level = "should", judges = "ric", needs_all = true,
  on    = { "RICindication", "RICcontrolRequest" },
  advice = "Copy the octets of the indication; leave the IE out in a control that answers no insert.",

  open = function(r, m)
    if m.name == "RICindication" then
      if m:get("RICindicationType") == "insert" and m:has("RICcallProcessID") then
        local s = r:state(m)
        s.n = (s.n or 0) + 1
        s[lib.show(m:get("RANfunctionID")) .. "/" .. m.RICcallProcessID] = s.n <= most or nil
      end
      return false
    end
    local id = m.RICcallProcessID
    if not id or m.from ~= "ric" or not lib.complete(r, m) then return false, "no control request with a call process id" end
    local s = r:state(m)
    if (s.n or 0) <= most and not s[lib.show(m:get("RANfunctionID")) .. "/" .. id] then
      r:finding(m, "RICcontrolRequest names a call process that no insert indication gave",
        { path = "RICcallProcessID", expected = "the id of an insert indication of this RAN function", seen = lib.hex(id) })
    end
  end,
}
