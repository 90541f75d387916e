return rule {
  id    = "E2-CFG-R03",
  title = "A component that the RIC could not take has a failure cause",
  spec  = { "E2AP v03.01 9.2.28", "E2AP-R007" },
  level = "should", judges = "ric", editions = { from = "02.00" },
  on    = { "E2setupResponse", "E2nodeConfigurationUpdateAcknowledge" },
  advice = "failureCause is conditional: it is due when updateOutcome is failure.",

  open = function(r, m)
    if m.from ~= "ric" then return false end
    local concerned = false
    for _, part in ipairs { "Addition", "Update", "Removal" } do
      for _, item in m:each("E2nodeComponentConfig" .. part .. "Ack") do
        if item:get("e2nodeComponentConfigurationAck.updateOutcome") == "failure" then
          concerned = true
          if not item:has("e2nodeComponentConfigurationAck.failureCause") then
            r:finding(m, "a component acknowledged with outcome failure has no failureCause",
              { path = item.path .. ".e2nodeComponentConfigurationAck.failureCause", seen = "absent" })
          end
        end
      end
    end
    return concerned
  end,
}
