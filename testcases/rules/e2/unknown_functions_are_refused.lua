return rule {
  id    = "E2-SUB-R07",
  title = "A request for a RAN function that the node does not have gets the failure message",
  spec  = { "E2AP v03.01 8.2.1.4", "E2AP v03.01 8.2.4.3", "E2AP v03.01 8.2.7.3", "E2AP-R101", "E2AP-R153", "E2AP-R179" },
  level = "must", judges = "e2node", needs_all = true,
  on    = { "RICsubscriptionResponse", "RICcontrolAcknowledge", "RICqueryResponse" },
  advice = "Either the node has a function that it did not declare, or it does not look at the id; expected cause: ricRequest ran-function-id-invalid.",

  open = function(r, m)
    local id, functions = m:get("RANfunctionID"), lib.functions(r, m)
    if m.from ~= "e2node" or not id or not functions then return false end
    local known = functions[id]
    if known and known.state ~= "deleted" then return end
    r:finding(m, m.name .. " grants a RAN function that the node " .. (known and "has deleted" or "never offered"),
      { path = "RANfunctionID", expected = "the failure message", seen = m.name .. " for function " .. id })
  end,
}
