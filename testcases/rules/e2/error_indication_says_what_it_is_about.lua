return rule {
  id    = "E2-ERR-R02",
  title = "ErrorIndication has TransactionID or RICrequestID",
  spec  = { "E2AP v03.01 9.1.2.1", "E2AP-R045" },
  level = "must", judges = "both", editions = { from = "02.00" },
  on    = { "ErrorIndication" },
  advice = "The id is the one of the faulty message; without it the peer can't tell which procedure ended.",

  open = function(r, m)
    if not m:has("TransactionID") and not m:has("RICrequestID") then
      r:finding(m, "ErrorIndication has neither TransactionID nor RICrequestID",
        { path = "TransactionID", expected = "one of the two", seen = "neither" })
    end
  end,
}
