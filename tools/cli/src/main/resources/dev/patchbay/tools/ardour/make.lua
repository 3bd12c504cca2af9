-- SPDX-License-Identifier: Apache-2.0
-- arguments: session folder, session name, sample rate, plug-in name, number of tracks that play it
local folder, name, rate, plugin, count = arg[1], arg[2], tonumber(arg[3]), arg[4], tonumber(arg[5])
-- Ardour's own connecting happens on another thread, which races with this one for the ports of a new track.
local manual = ARDOUR.AutoConnectOption.ManualConnect
ARDOUR.config():set_input_auto_connect(manual)
ARDOUR.config():set_output_auto_connect(manual)
local session = create_session(folder, name, rate)
assert(session, "no session")

local found = ARDOUR.LuaAPI.new_plugin_info(plugin, ARDOUR.PluginType.VST3)
assert(not found:isnil(), "Ardour knows no VST3 plug-in named " .. plugin)
local tracks = session:new_midi_track(
    ARDOUR.ChanCount(ARDOUR.DataType("midi"), 1), ARDOUR.ChanCount(ARDOUR.DataType("audio"), 2), true, found, nil, nil,
    count, "Synth", ARDOUR.PresentationInfo.max_order, ARDOUR.TrackMode.Normal, true)
for track in tracks:iter() do
  local processor = track:nth_plugin(0)
  assert(not processor:isnil() and processor:name() == plugin, "the track has no " .. plugin)
  local master = session:master_out():input()
  for channel = 0, 1 do
    local name = master:audio(channel):name()
    assert(track:output():audio(channel):connect(name) == 0, "the track cannot be connected with " .. name)
  end
  print("track " .. track:name())
end
assert(session:save_state("", false, false, false, false, false) == 0, "the session cannot be saved")
close_session()
print("done")
quit()
