-- SPDX-License-Identifier: Apache-2.0
-- arguments: session folder, session name, label of a parameter or nothing for the first that can be turned
-- Turns the parameter of the first plug-in to the end of its range that is farther away, saves, and loads and saves once more.
local folder, name, wanted = arg[1], arg[2], arg[3] or ""
local session = load_session(folder, name)
assert(session, "no session")

local processor
for track in session:get_tracks():iter() do
  if not processor and not track:nth_plugin(0):isnil() then
    processor = track:nth_plugin(0)
  end
end
assert(processor, "the session plays no plug-in")
local plugin = processor:to_insert():plugin(0)
local turned
for number = 0, plugin:parameter_count() - 1 do
  local _, described = plugin:get_parameter_descriptor(number, ARDOUR.ParameterDescriptor())
  local range = described[2]
  local label = plugin:parameter_label(number)
  local fits = wanted == label or (wanted == "" and not range.toggled and not range.integer_step)
  if not turned and plugin:parameter_is_input(number) and fits then
    local now = ARDOUR.LuaAPI.get_processor_param(processor, number, false)
    local upper = range.upper - now > now - range.lower
    turned = { number = number, value = upper and range.upper or range.lower, position = upper and 1 or 0, label = label }
  end
end
assert(turned, "the plug-in has no parameter " .. wanted)
assert(ARDOUR.LuaAPI.set_processor_param(processor, turned.number, turned.value), "the parameter cannot be set")
assert(ARDOUR.LuaAPI.wait_for_process_callback(4, 5000), "the engine plays no blocks")
print("parameter " .. turned.position .. " " .. turned.label)
assert(session:save_state("", false, false, false, false, false) == 0, "the session cannot be saved")
processor, plugin, session = nil, nil, nil
collectgarbage()
close_session()

session = load_session(folder, name)
assert(session, "the session cannot be loaded again")
assert(session:save_state("", false, false, false, false, false) == 0, "the session cannot be saved again")
close_session()
print("done")
quit()
