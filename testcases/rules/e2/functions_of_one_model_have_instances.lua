return rule {
  id    = "E2-SM-R11",
  title = "Functions of the same service model are told apart by ranFunction-Instance",
  spec  = { "E2SM-KPM v06.00 7.2", "E2SM-RC v07.00 7.2", "E2SM-R006" },
  level = "must", judges = "e2node",
  on    = { "E2setupRequest" },
  advice = "Number the instances of one model in their definitions.",

  open = function(r, m)
    local first, concerned = {}, false
    for item, p in lib.definitions(m) do
      local name = p:get("ranFunction-Name.ranFunction-ShortName")
      if name and first[name] then
        concerned = true
        if not p:has("ranFunction-Name.ranFunction-Instance") then
          r:finding(m, "a second function of the same service model has no ranFunction-Instance",
            { path = item.path .. ".ranFunctionDefinition.ranFunction-Name.ranFunction-Instance",
              expected = "an instance, as " .. first[name] .. " is of the same model", seen = "absent" })
        end
      elseif name then
        first[name] = item.path
      end
    end
    return concerned
  end,
}
