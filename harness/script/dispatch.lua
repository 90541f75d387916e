-- What runs for every message. In Lua, because a call from Lua to Lua costs a fraction of one from C, and what several rules ask of
-- the same message is worked out once.
--
-- native  functions in C: field, get, key, payload_of (of m and a name or path)
-- fields  the table behind m
-- m       the message, one object for all
local native, fields, m = ...

local MOST = 64 -- answers kept of one kind
local none = {} -- stands for nil among them

--- Keeps what `ask` answers until `forget`. @return the function to call in its place, and `forget`
local function keeper(ask)
  local kept, names, n = {}, {}, 0
  local function answer(object, name)
    local value = kept[name]
    if value == none then return nil end
    if value ~= nil then return value end
    value = ask(object, name)
    if n < MOST then
      n = n + 1
      names[n] = name
      if value == nil then kept[name] = none else kept[name] = value end
    end
    return value
  end
  local function forget()
    for i = 1, n do kept[names[i]] = nil end
    n = 0
  end
  return answer, forget
end

local forget_get, forget_key, forget_payloads
fields.get, forget_get = keeper(native.get)
fields.key, forget_key = keeper(native.key)
fields.payload_of, forget_payloads = keeper(native.payload_of)

-- IEs, and what else is made when asked for, are put into the table itself: the next rule finds them there.
local filled, n_filled, missing = {}, 0, {}
setmetatable(fields, {
  __index = function(_, name)
    if missing[name] then return nil end
    local value = native.field(m, name)
    if n_filled < MOST then
      n_filled = n_filled + 1
      filled[n_filled] = name
      if value == nil then missing[name] = true else fields[name] = value end
    end
    return value
  end,
})

local function forget()
  for i = 1, n_filled do
    local name = filled[i]
    fields[name], missing[name] = nil, nil
  end
  n_filled = 0
  forget_get()
  forget_key()
  forget_payloads()
end

local at = 0 -- which rule of the plan is running

--- Calls the rules of a plan, from a place to another. A rule that returns false is not concerned.
local function run(plan, first, last)
  local open, r, no = plan.open, plan.r, plan.no
  for i = first, last do
    at = i
    local concerned, why = open[i](r[i], m)
    if concerned == false then
      no[i] = no[i] + 1
      if why and not plan.why[i] then plan.why[i] = why end
    end
  end
end

--- A message whose other fields are those of the one before.
local function message(plan, frame, number, time, subscription)
  at = 0
  forget()
  fields.frame, fields.number, fields.time, fields.subscription = frame, number, time, subscription
  run(plan, 1, plan.n)
end

return message, run, function() return at end, forget
