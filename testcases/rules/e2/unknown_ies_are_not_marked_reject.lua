-- Ids 133 to 139 are those of E2AP 08.00, whose types are not shipped.
return rule {
  id    = "E2-CODEC-R08",
  title = "No message holds an IE of criticality reject that its message does not have in any edition shipped",
  spec  = { "E2AP v03.01 9.3.1", "E2AP-R211", "E2AP-R219" },
  level = "must", judges = "both",
  on    = { "@finding" }, err = { "EUNKNOWN" },
  advice = "If the sender speaks a newer edition, load its modules with --module; else it must not send this IE.",

  open = function(r, m)
    local d = m.diag
    local what = { path = d.path, expected = d.expected, seen = d.seen, clause = d.clause }
    local id = tonumber(d.path:match("IE (%d+)$") or d.seen:match("^%d+"))
    if d.grade == "protocol" and not (id and id >= 133 and id <= 139) then
      r:finding(m, d.text, what)
    else
      r:remark(m, d.text, what)
    end
  end,
}
