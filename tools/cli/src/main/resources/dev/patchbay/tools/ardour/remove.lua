-- SPDX-License-Identifier: Apache-2.0
-- arguments: session folder, session name
-- Plays two tracks and takes the plug-in off one while both sound, then off the other.
local session = load_session(arg[1], arg[2])
assert(session, "no session")
local rate = session:nominal_sample_rate()
local audible = 0.001

local tracks = {}
for track in session:get_tracks():iter() do
  if not track:nth_plugin(0):isnil() then
    tracks[#tracks + 1] = track
  end
end
assert(#tracks == 2, "expected two tracks with the plug-in, found " .. #tracks)

-- The first audio channel's level: a meter shows the MIDI channels before it.
local function level(track)
  local meter = track:peak_meter()
  return 10 ^ (meter:meter_level(meter:input_streams():n_midi(), ARDOUR.MeterType.MeterPeak) / 20)
end

local function restart()
  session:request_locate(0, false, ARDOUR.LocateTransportDisposition.MustRoll, ARDOUR.TransportRequestSource.TRS_UI)
end

-- Plays the song again and again until the condition holds while it plays.
local function await(what, condition)
  local waited = 0
  while not (session:transport_rolling() and condition()) do
    if not session:transport_rolling() or session:transport_sample() > 3 * rate then
      restart()
      sleep(0.2)
    end
    sleep(0.02)
    waited = waited + 1
    assert(waited < 1500, "waited in vain: " .. what)
  end
  print("seen " .. what)
end

await("both sound", function () return level(tracks[1]) > audible and level(tracks[2]) > audible end)
assert(tracks[1]:remove_processor(tracks[1]:nth_plugin(0), nil, true) == 0, "the plug-in cannot be removed")
assert(tracks[1]:nth_plugin(0):isnil(), "the plug-in is still there")
await("one is silent and the other sounds", function () return level(tracks[1]) < audible / 10 and level(tracks[2]) > audible end)
assert(tracks[2]:remove_processor(tracks[2]:nth_plugin(0), nil, true) == 0, "the plug-in cannot be removed")
await("both are silent", function () return level(tracks[1]) < audible / 10 and level(tracks[2]) < audible / 10 end)
tracks = nil
collectgarbage()
close_session()
print("done")
quit()
