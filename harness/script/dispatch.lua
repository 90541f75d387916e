-- What runs for every message. In Lua, because a call from Lua to Lua costs a fraction of one from C, and what several rules ask of
-- the same message is worked out once.
--
-- native  functions in C: field, get, has, key, payload_of (of m and a name or path)
-- fields  the table behind m
-- m       the message, one object for all
local native, fields, m = ...

--- Keeps what `ask` answers until `forget`: false stands for nil, so that an answer false is asked for anew.
--- @return the function to call in its place, and `forget`
local function keeper(ask)
  local kept, names, n = {}, {}, 0
  local function answer(object, name)
    local value = kept[name]
    if value then return value end
    if value == false then return nil end
    value = ask(object, name)
    if value ~= false then
      n = n + 1
      names[n] = name
      kept[name] = value or false
    end
    return value
  end
  local function forget()
    if n == 0 then return end
    local all, list = kept, names
    for i = 1, n do all[list[i]] = nil end
    n = 0
  end
  return answer, forget
end

local forget_get, forget_has, forget_key, forget_payloads
fields.get, forget_get = keeper(native.get)
fields.has, forget_has = keeper(native.has)
fields.key, forget_key = keeper(native.key)
fields.payload_of, forget_payloads = keeper(native.payload_of)

-- IEs, and what else is made when asked for, are put into the table itself: the next rule finds them there.
local filled, n_filled, missing = {}, 0, {}
setmetatable(fields, {
  __index = function(_, name)
    if missing[name] then return nil end
    local value = native.field(m, name)
    n_filled = n_filled + 1
    filled[n_filled] = name
    if value == nil then missing[name] = true else fields[name] = value end
    return value
  end,
})

local function forget()
  local all, none, list = fields, missing, filled
  for i = 1, n_filled do
    local name = list[i]
    all[name] = nil
    none[name] = nil
  end
  n_filled = 0
  forget_get()
  forget_has()
  forget_key()
  forget_payloads()
end

local at = 0 -- which rule of the plan is running

--- Calls the rules of a plan, from a place to another. A rule that returns false is not concerned.
local function run(plan, first, last)
  local open, r, no, reasons, m = plan.open, plan.r, plan.no, plan.why, m
  for i = first, last do
    at = i
    local concerned, why = open[i](r[i], m)
    if concerned == false then
      no[i] = no[i] + 1
      if why and not reasons[i] then reasons[i] = why end
    end
  end
end

--- A message whose other fields are those of the one before.
local function message(plan, frame, number, time, subscription)
  at = 0
  forget()
  local all = fields
  all.frame, all.number, all.time, all.subscription = frame, number, time, subscription
  run(plan, 1, plan.n)
end

local states -- of the present link: the table of each rule by its number

--- Makes r:state of a rule.
local function state_of(index)
  return function()
    local state = states[index]
    if not state then
      state = {}
      states[index] = state
    end
    return state
  end
end

return message, run, function() return at end, forget, function(of_link) states = of_link end, state_of
