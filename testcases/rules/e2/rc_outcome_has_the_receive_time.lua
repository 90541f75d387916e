return rule {
  id    = "E2-RC-R05",
  title = "Parameter 1 of an RC control outcome is a time of 8 octets",
  spec  = { "E2SM-RC v07.00 7.6.2.5", "E2SM-R073" },
  level = "must", judges = "e2node",
  on    = { "RICcontrolAcknowledge" },
  advice = "It is the NTP time at which the control request was received, as OCTET STRING.",

  open = function(r, m)
    local p, concerned = m:payload_of("RICcontrolOutcome"), false
    if m.from ~= "e2node" or not p or not p.readable or p.type ~= "E2SM-RC-ControlOutcome" then return false end
    for _, item in p:each("ric-controlOutcome-formats.controlOutcome-Format1.ranP-List") do
      if item["ranParameter-ID"] == 1 then
        concerned = true
        local octets = item:get("ranParameter-value.valueOctS")
        if not octets or #octets ~= 8 then
          r:finding(m, "parameter 1 of the control outcome is no time of 8 octets",
            { path = item.path .. ".ranParameter-value", expected = "valueOctS of 8 octets",
              seen = octets and #octets .. " octets" or "another kind of value" })
        end
      end
    end
    return concerned
  end,
}
