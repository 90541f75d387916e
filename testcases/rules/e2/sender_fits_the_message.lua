return rule {
  id    = "E2-LINK-R06",
  title = "Each message is sent by the side that its procedure gives it to",
  spec  = { "E2AP v03.01 8.3.1.1", "E2AP-R022", "E2AP-R059", "E2AP-R078", "E2AP-R093", "E2AP-R135" },
  level = "must", judges = "both", needs_all = true,
  steady = true,
  on    = lib.names_of(lib.sender),
  advice = "The roles are those of this link's E2 setup; see which of the two sides sent E2setupRequest.",

  open = function(r, m)
    local sender = lib.sender[m.name]
    if sender == m.from then
      if m.name == "E2setupResponse" then r:state(m).roles = true end
      return
    end
    -- Without a setup that shows who is who the roles are themselves taken from such messages.
    if m.from == "unknown" or not r:state(m).roles then return false end
    r:finding(m, m.name .. " is sent by the wrong side", { expected = "from the " .. sender, seen = "from the " .. m.from })
  end,
}
