return rule {
  id    = "E2-RC-R05",
  title = "Parameter 1 of the outcome of an RC control of styles 1 to 7 is a time of 8 octets",
  spec  = { "E2SM-RC v07.00 7.6.2.5", "E2SM-R073" },
  level = "must", judges = "e2node", needs_all = true,
  on    = { "RICcontrolRequest", "RICcontrolAcknowledge" },
  advice = "It is the NTP time at which the control request was received, as OCTET STRING.",

  open = function(r, m)
    local s, id = r:state(m), m:key("RICrequestID")
    if not id then return false end
    if m.name == "RICcontrolRequest" then
      local header = m:payload_of("RICcontrolHeader")
      s[id] = header and header.readable and header.type == "E2SM-RC-ControlHeader"
        and header:get("ric-controlHeader-formats.controlHeader-Format1.ric-Style-Type") or nil
      return false
    end
    local style, p, concerned = s[id], m:payload_of("RICcontrolOutcome"), false
    if m.from ~= "e2node" or not style or style > 7 then return false end
    if not p or not p.readable or p.type ~= "E2SM-RC-ControlOutcome" then return false, "no readable RC control outcome" end
    for _, item in p:each("ric-controlOutcome-formats.controlOutcome-Format1.ranP-List") do
      if item["ranParameter-ID"] == 1 then
        concerned = true
        local octets = item:get("ranParameter-value.valueOctS")
        if not octets or #octets ~= 8 then
          r:finding(item, "parameter 1 of the control outcome is no time of 8 octets",
            { path = "ranParameter-value", expected = "valueOctS of 8 octets",
              seen = octets and #octets .. " octets" or "another kind of value" })
        end
      end
    end
    return concerned
  end,
}
