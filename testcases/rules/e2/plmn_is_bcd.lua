local places = {
  "GlobalE2node-ID.gNB.global-gNB-ID.plmn-id", "GlobalE2node-ID.gNB.global-en-gNB-ID.pLMN-Identity",
  "GlobalE2node-ID.en-gNB.global-gNB-ID.pLMN-Identity", "GlobalE2node-ID.en-gNB.global-en-gNB-ID.pLMN-Identity",
  "GlobalE2node-ID.ng-eNB.global-eNB-ID.pLMN-Identity",
  "GlobalE2node-ID.ng-eNB.global-ng-eNB-ID.plmn-id", "GlobalE2node-ID.eNB.global-eNB-ID.pLMN-Identity", "GlobalRIC-ID.pLMN-Identity" }

--- MCC digits 2 1, MNC digit 3 (or f) and MCC digit 3, MNC digits 2 1.
local function is_bcd(octets)
  local digits = string.format(string.rep("%02x", #octets), octets:byte(1, -1))
  return digits:match("^%d%d[%df]%d%d%d$") ~= nil
end

return rule {
  id    = "E2-SM-R12",
  title = "PLMN identities are three octets of BCD digits",
  spec  = { "E2SM v07.00 6.2.3.1", "E2SM-R009" },
  level = "must", judges = "both",
  on    = { "E2setupRequest", "E2setupResponse", "E2nodeConfigurationUpdate" },
  advice = "001/01 is 00f110: digits swapped in each octet, f where the MNC has two digits.",

  open = function(r, m)
    local concerned = false
    for _, path in ipairs(places) do
      local octets = m:get(path)
      if octets then
        concerned = true
        if not is_bcd(octets) then
          r:finding(m, "a PLMN identity is not BCD",
            { path = path, expected = "digits 0..9, f only as third MNC digit", seen = lib.hex(octets) })
        elseif octets:match("^%d%d%d$") then
          r:remark(m, "the PLMN identity looks like ASCII text",
            { path = path, seen = lib.hex(octets) .. ' ("' .. octets .. '")' })
        end
      end
    end
    return concerned
  end,
}
