local expected = { 1, 1, 2, 3, 3 } -- format of the message by style
local paths = { "indicationMessage-formats.indicationMessage-Format1", "indicationMessage-formats.indicationMessage-Format2",
  "indicationMessage-formats.indicationMessage-Format3" }

return rule {
  id    = "E2-KPM-R02",
  title = "The format of a KPM indication message fits the style of its action",
  spec  = { "E2SM-KPM v06.00 7.8", "E2SM-R021" },
  level = "must", judges = "e2node", needs_all = true,
  on    = { "RICsubscriptionRequest", "RICsubscriptionModificationRequest", "RICindication" },
  advice = "Styles 1 and 2 report format 1, style 3 format 2, styles 4 and 5 format 3.",

  open = function(r, m)
    local s, id = r:state(m), m:key("RICrequestID")
    if not id then return false end
    if m.name ~= "RICindication" then
      s[id] = nil
      if lib.changes(m) then return false end
      for item, p in lib.actions(m, "E2SM-KPM-ActionDefinition") do
        s[id] = s[id] or {}
        s[id][item.ricActionID or 0] = p:get("ric-Style-Type")
      end
      return false
    end
    local style = s[id] and s[id][m:get("RICactionID")]
    local format = expected[style]
    if not format or m.from ~= "e2node" then return false, "no indication for a readable KPM action" end
    local p = m:payload_of("RICindicationMessage")
    if not p or p.type ~= "E2SM-KPM-IndicationMessage" or not p.readable then return false, "no readable KPM indication" end
    if p:has(paths[format]) then return end
    r:finding(p, "the format of a KPM indication message does not fit the style of its action",
      { path = "indicationMessage-formats", expected = "format " .. format .. " for style " .. style,
        seen = "format " .. lib.show(lib.format(p, "indicationMessage-formats")) })
  end,
}
