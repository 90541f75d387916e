-- What runs for every message. In Lua, because a call from Lua to Lua costs a fraction of one from C, and what several rules ask of
-- the same message is worked out once.
--
-- asked   answers kept, by kind of question and name, and the functions in C that work them out: see asked.h
-- m       the message, one table for all; its metatable takes __index from here
-- meta    that metatable
local asked, m, meta = ...
local rawset, refill, forget = rawset, asked.refill, asked.forget

for _, kind in ipairs { "get", "has", "key", "payload_of" } do
  local kept, miss, absent = asked.kept[kind], asked.miss[kind], nil
  if kind == "has" then absent = false end
  rawset(m, kind, function(object, name)
    local value = kept[name]
    if value then return value end
    if value == false then return absent end
    return miss(object, name)
  end)
end

-- IEs, and what else is made when asked for, are put into m itself: the next rule finds them there.
local missing, miss_field = asked.missing, asked.miss.field
function meta.__index(_, name)
  if missing[name] then return nil end
  return miss_field(m, name)
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
local before, rounds, shown = nil, 0, asked

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
  before, shown = nil, asked -- which is no subscription
  forget()
end

return message, run, function() return at end, forget_all, function(of_link) states = of_link end, state_of
