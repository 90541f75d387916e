local expected = { [1] = { [1] = true }, [2] = { [2] = true }, [3] = { [3] = true } }

return rule {
  id    = "E2-RC-R03",
  title = "The format of an RC control message fits that of its header",
  spec  = { "E2SM-RC v07.00 7.9", "E2SM-R058" },
  level = "must", judges = "ric",
  on    = { "RICcontrolRequest" },
  advice = "Header 1 goes with message 1, header 2 (style 255) with 2, header 3 (group control) with 3; style 8 has forms of its own.",

  open = function(r, m)
    local header, message = m:payload_of("RICcontrolHeader"), m:payload_of("RICcontrolMessage")
    if m.from ~= "ric" or not header or not message or not header.readable or not message.readable then return false end
    if header.type ~= "E2SM-RC-ControlHeader" then return false end
    local h, c = lib.format(header, "ric-controlHeader-formats"), lib.format(message, "ric-controlMessage-formats")
    if not expected[h] or not c or h == 1 and header:get("ric-controlHeader-formats.controlHeader-Format1.ric-Style-Type") == 8 then return false end
    if not expected[h][c] then
      r:finding(m, "the format of an RC control message does not fit that of its header",
        { path = message.path .. ".ric-controlMessage-formats", expected = "format " .. h, seen = "format " .. c })
    end
  end,
}
