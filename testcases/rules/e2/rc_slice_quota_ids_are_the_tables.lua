local known = { true, true, true, false, true, true, true, true, true, true, true, true, true } -- by id, from 1

--- The first parameter id below `value` that the table does not have.
local function stranger(value)
  if type(value) ~= "table" then return nil end
  local id = value["ranParameter-ID"]
  if id and not known[id] then return id end
  for _, inner in pairs(value) do
    local found = stranger(inner)
    if found then return found end
  end
end

return rule {
  id    = "E2-RC-R04",
  title = "A slice-level PRB quota control uses the RAN parameter ids 1, 2, 3 and 5 to 13",
  spec  = { "E2SM-RC v07.00 8.4.3.6", "E2SM-R076" },
  level = "must", judges = "ric",
  on    = { "RICcontrolRequest" },
  advice = "Old code numbers the inner parameters 4 to 12: with that, the node reads min as max and finds no dedicated ratio.",

  open = function(r, m)
    local header, message = m:payload_of("RICcontrolHeader"), m:payload_of("RICcontrolMessage")
    if m.from ~= "ric" or not header or not message or not header.readable or not message.readable then return false end
    if header.type ~= "E2SM-RC-ControlHeader" or not header:has("ric-controlHeader-formats.controlHeader-Format1") then return false end
    local format1 = "ric-controlHeader-formats.controlHeader-Format1."
    if header:get(format1 .. "ric-Style-Type") ~= 2 or header:get(format1 .. "ric-ControlAction-ID") ~= 6 then return false end
    local id = stranger(message["ric-controlMessage-formats"])
    if id then
      r:finding(m, "the slice-level PRB quota names a RAN parameter id that its table does not have",
        { path = message.path .. ".ranParameter-ID", expected = "1, 2, 3, 5..13", seen = tostring(id) })
    end
  end,
}
