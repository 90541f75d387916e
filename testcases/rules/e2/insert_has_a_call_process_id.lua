return rule {
  id    = "E2-IND-R05",
  title = "A RIC indication of type insert has RICcallProcessID",
  spec  = { "E2AP v03.01 8.2.3.2", "E2AP-R136", "E2AP-R137" },
  level = "must", judges = "e2node",
  steady = true,
  on    = { "RICindication" },
  advice = "Without the id the RIC can't say which suspended process its control answers.",

  open = function(r, m)
    if m:get("RICindicationType") ~= "insert" then
      if m:has("RICcallProcessID") then
        r:remark(m, "RICcallProcessID in an indication that is no insert",
          { path = "RICcallProcessID" })
      end
      return false, "no insert indication"
    end
    if m.from == "e2node" and not m:has("RICcallProcessID") then
      r:finding(m, "an insert indication has no RICcallProcessID", { path = "RICcallProcessID", seen = "absent" })
    end
  end,
}
