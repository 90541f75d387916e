-- What runs for every message. In Lua, because a call from Lua to Lua costs a fraction of one from C, and what several rules ask of
-- the same message is worked out once.
--
-- native  functions in C: field, get, has, key, payload_of (of m and a name or path); refill and refill_fields
-- m       the message, one table for all; its metatable takes __index from here
-- meta    that metatable
local native, m, meta = ...
local rawset = rawset

-- Answers are kept in one table for each kind of question; false stands for nil. What was asked of a message will be asked of the
-- next one that the same rules see: native.refill then works all of it out in one call.
local kinds = {}

--- @return the function to call in place of native[kind]
local function keeper(kind)
  local ask, kept, names, n = native[kind], {}, {}, 0
  table.insert(kinds, {
    refill = function() if n > 0 then native.refill(kind, kept, names, n) end end,
    forget = function()
      for i = 1, n do kept[names[i]] = nil end
      n = 0
    end,
  })
  return function(object, name)
    local value = kept[name]
    if value then return value end
    if value == false then return nil end
    value = ask(object, name)
    if value ~= false then -- a BOOLEAN that is false is asked for anew
      n = n + 1
      names[n] = name
      kept[name] = value or false
    end
    return value
  end
end

for _, kind in ipairs { "get", "has", "key", "payload_of" } do rawset(m, kind, keeper(kind)) end

-- IEs, and what else is made when asked for, are put into the table itself: the next rule finds them there.
local filled, n_filled, missing = {}, 0, {}
function meta.__index(_, name)
  if missing[name] then return nil end
  local value = native.field(m, name)
  n_filled = n_filled + 1
  filled[n_filled] = name
  if value == nil then missing[name] = true else rawset(m, name, value) end
  return value
end

local function forget()
  for i = 1, n_filled do
    local name = filled[i]
    rawset(m, name, nil)
    missing[name] = nil
  end
  n_filled = 0
  for i = 1, #kinds do kinds[i].forget() end
end

local refill_get, refill_has, refill_key, refill_payloads = kinds[1].refill, kinds[2].refill, kinds[3].refill, kinds[4].refill

local function refill()
  if n_filled > 0 then native.refill_fields(m, missing, filled, n_filled) end
  refill_get()
  refill_has()
  refill_key()
  refill_payloads()
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

local states -- of the present link: the table of each rule by its number

local ROUNDS = 256 -- then what is no longer asked for is forgotten
local before, rounds, shown = nil, 0, native

--- A message of a link whose table is up to date, after another message.
local function message(plan, frame, number, time, subscription, stream, ppid, link, of_link, from, to)
  at = 0
  local m = m
  if plan == before and rounds < ROUNDS then
    rounds = rounds + 1
    refill()
  else
    before, rounds = plan, 0
    forget()
    m.name = plan.name
  end
  m.frame, m.number, m.time, m.stream, m.ppid = frame, number, time, stream, ppid
  if of_link ~= states then
    states = of_link
    m.link = link
  end
  m.from, m.to = from, to
  if subscription ~= shown then
    rawset(m, "subscription", subscription)
    shown = subscription
  end
  run(plan, 1, plan.n)
end

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

--- Before m is set by C.
local function forget_all()
  before, shown = nil, native -- which is no subscription
  forget()
end

return message, run, function() return at end, forget_all, function(of_link) states = of_link end, state_of
