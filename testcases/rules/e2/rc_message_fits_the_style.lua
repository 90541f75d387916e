local report = { 1, 2, 3, 2 } -- format of the message by style

return rule {
  id    = "E2-RC-R02",
  title = "The format of an RC indication message fits the style of its action",
  spec  = { "E2SM-RC v07.00 7.9", "E2SM-R056", "E2SM-R057" },
  level = "must", judges = "e2node", needs_all = true,
  on    = { "RICsubscriptionRequest", "RICsubscriptionModificationRequest", "RICindication" },
  advice = "Report styles 1 to 4 use message formats 1, 2, 3, 2; insert styles format 5, or 6 for style 255.",

  open = function(r, m)
    local s, id = r:state(m), m:key("RICrequestID")
    if not id then return false end
    if m.name ~= "RICindication" then
      s[id] = nil
      if lib.changes(m) then return false end
      for item, p in lib.actions(m, "E2SM-RC-ActionDefinition") do
        local style, service = p:get("ric-Style-Type"), item.ricActionType
        s[id] = s[id] or {}
        s[id][item.ricActionID or 0] = service == "report" and report[style] or service == "insert" and (style == 255 and 6 or style <= 7 and 5) or nil
      end
      return false
    end
    local format = s[id] and s[id][m:get("RICactionID")]
    if not format or m.from ~= "e2node" then return false, "no indication for a readable RC action" end
    local p = m:payload_of("RICindicationMessage")
    if not p or not p.readable or p.type ~= "E2SM-RC-IndicationMessage" then return false end
    if not p:has("ric-indicationMessage-formats.indicationMessage-Format" .. format) then
      r:finding(m, "the format of an RC indication message does not fit the style of its action",
        { path = p.path .. ".ric-indicationMessage-formats", expected = "format " .. format,
          seen = "format " .. lib.show(lib.format(p, "ric-indicationMessage-formats")) })
    end
  end,
}
