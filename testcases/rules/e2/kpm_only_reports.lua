return rule {
  id    = "E2-KPM-R03",
  title = "KPM functions send indications of type report only",
  spec  = { "E2SM-KPM v06.00 7.5", "E2SM-R019" },
  level = "must", judges = "e2node",
  on    = { "RICindication" },
  advice = "KPM has no insert, control and policy service.",

  open = function(r, m)
    if m:get("RICindicationType") == "report" or m.from ~= "e2node" then return false end
    local f = m.link.functions[m:get("RANfunctionID")]
    if not f or lib.models[f.oid] ~= "ORAN-E2SM-KPM" then return false end
    r:finding(m, "a KPM function sends an insert indication", { path = "RICindicationType", expected = "report", seen = m:get("RICindicationType") })
  end,
}
