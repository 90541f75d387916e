-- E2AP says no more of RICindicationSN than its range: nothing here fails.
return rule {
  id    = "E2-IND-R06",
  title = "RICindicationSN of a subscription's action differs from that of the indication before",
  spec  = { "E2AP v03.01 9.2.14", "E2AP-R135" },
  level = "should", judges = "e2node",
  on    = { "RICindication" },
  advice = "The numbering is the node's own; a constant number is of no use to a receiver that looks for losses.",

  open = function(r, m)
    local number = m:get("RICindicationSN")
    local subscription = m.subscription
    if not number or not subscription then return false, "no RICindicationSN in the indications" end
    local s, action = r:state(m), m:get("RICactionID") or 0
    local key = subscription.frame * 256 + action
    if s[key] == number then
      r:remark(m, "RICindicationSN is the same as in the indication before",
        { path = "RICindicationSN", seen = tostring(number) })
    end
    s[key] = number
  end,
}
