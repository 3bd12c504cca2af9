// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <jack/jack.h>
#include <jack/midiport.h>
#include <jack/transport.h>

namespace patchbay::host {

/** The functions of libjack that are called here. */
#define PB_HOST_JACK_FUNCTIONS(F) \
  F(jack_activate)                \
  F(jack_client_close)            \
  F(jack_client_open)             \
  F(jack_connect)                 \
  F(jack_cpu_load)                \
  F(jack_deactivate)              \
  F(jack_free)                    \
  F(jack_get_buffer_size)         \
  F(jack_get_client_name)         \
  F(jack_get_ports)               \
  F(jack_get_sample_rate)         \
  F(jack_midi_event_get)          \
  F(jack_midi_get_event_count)    \
  F(jack_on_info_shutdown)        \
  F(jack_port_by_name)            \
  F(jack_port_flags)              \
  F(jack_port_get_buffer)         \
  F(jack_port_get_latency_range)  \
  F(jack_port_name)               \
  F(jack_port_register)           \
  F(jack_port_set_latency_range)  \
  F(jack_port_type)               \
  F(jack_set_buffer_size_callback) \
  F(jack_set_error_function)      \
  F(jack_set_freewheel_callback)  \
  F(jack_set_info_function)       \
  F(jack_set_latency_callback)    \
  F(jack_set_port_registration_callback) \
  F(jack_set_process_callback)    \
  F(jack_set_sample_rate_callback) \
  F(jack_set_xrun_callback)       \
  F(jack_transport_query)         \
  F(jack_recompute_total_latencies)

/** libjack, found when it is needed: patchbay-host starts on a machine without JACK, and play says what is missing. */
class JackLibrary {
 public:
  /** @throws Failure with ExitStatus::audioServer if there is no libjack, or none that has all functions */
  JackLibrary();
  ~JackLibrary();
  JackLibrary(const JackLibrary&) = delete;
  JackLibrary& operator=(const JackLibrary&) = delete;

#define PB_HOST_JACK_POINTER(name) decltype(&::name) name = nullptr;
  PB_HOST_JACK_FUNCTIONS(PB_HOST_JACK_POINTER)
#undef PB_HOST_JACK_POINTER

 private:
  void* handle_ = nullptr;
};

}  // namespace patchbay::host
