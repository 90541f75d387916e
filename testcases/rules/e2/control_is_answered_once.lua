local answered_once = lib.answered_once("RICcontrolRequest")

return rule {
  id    = "E2-CTL-R01",
  title = "RICcontrolRequest has at most one answer, with its RIC request id; one is due unless noAck was asked for",
  spec  = { "E2AP v03.01 8.2.4.2", "E2AP v03.01 8.2.4.3", "E2AP-R146", "E2AP-R148", "E2AP-R156" },
  level = "must", judges = "e2node", editions = { from = "02.00" }, needs_all = true,
  on    = lib.answered_once_on("RICcontrolRequest"),
  advice = "Without RICcontrolAckRequest an acknowledge is due, as with ack.",

  open = function(r, m)
    local result = answered_once(r, m)
    if m.name == "RICcontrolRequest" and m:get("RICcontrolAckRequest") == "noAck" then
      r:forget("ric" .. m:key("RICrequestID"), m) -- success has no answer; a failure may still come
    end
    return result
  end,
}
