return rule {
  id    = "E2-LINK-R01",
  title = "E2AP is sent with SCTP payload protocol identifier 70",
  spec  = { "E2GAP 6.1", "E2AP-R015" },
  level = "must", judges = "both",
  steady = true,
  on    = { "*", "@refused" },
  advice = "Pass htonl(70) to sctp_sendmsg or set sinfo_ppid: plain send() leaves 0, and a missing htonl shows as 1174405120.",

  open = function(r, m)
    if m.ppid == 70 then return end
    r:finding(m, "the SCTP payload protocol identifier is not 70", { expected = "ppid 70", seen = "ppid " .. m.ppid })
  end,
}
