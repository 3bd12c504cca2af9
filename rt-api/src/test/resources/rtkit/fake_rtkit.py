# SPDX-License-Identifier: Apache-2.0
"""rtkit's interface on a bus of its own: checks what rtkit checks, and really schedules the thread."""
import os
import sys
import time

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

INTERFACE = "org.freedesktop.RealtimeKit1"
MOST_PRIORITY = 20
MOST_MICROS = 200000


def micros_allowed(pid):
    with open(f"/proc/{pid}/limits", encoding="ascii") as limits:
        for line in limits:
            if line.startswith("Max realtime timeout"):
                return line.split()[3:5]
    raise RuntimeError("no limit")


class Rtkit(dbus.service.Object):
    @dbus.service.method(dbus.PROPERTIES_IFACE, in_signature="ss", out_signature="v")
    def Get(self, interface, name):
        assert interface == INTERFACE
        if sys.argv[1] == "hanging":
            time.sleep(60)
        values = {"MaxRealtimePriority": dbus.Int32(MOST_PRIORITY), "RTTimeUSecMax": dbus.Int64(MOST_MICROS)}
        return values[str(name)]

    @dbus.service.method(INTERFACE, in_signature="ttu")
    def MakeThreadRealtimeWithPID(self, process, thread, priority):
        if sys.argv[1] == "refusing":
            raise dbus.DBusException("this user is not active", name="org.freedesktop.DBus.Error.AccessDenied")
        if not os.path.isdir(f"/proc/{process}/task/{thread}"):
            raise dbus.DBusException("no such thread", name="org.freedesktop.DBus.Error.Failed")
        if priority > MOST_PRIORITY:
            raise dbus.DBusException("priority too high", name="org.freedesktop.DBus.Error.AccessDenied")
        for limit in micros_allowed(process):
            if limit == "unlimited" or int(limit) > MOST_MICROS:
                raise dbus.DBusException("RLIMIT_RTTIME too high", name="org.freedesktop.DBus.Error.AccessDenied")
        os.sched_setscheduler(int(thread), os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(int(priority)))


dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.bus.BusConnection(os.environ["DBUS_SYSTEM_BUS_ADDRESS"])
name = dbus.service.BusName(INTERFACE, bus)
Rtkit(bus, "/org/freedesktop/RealtimeKit1")
print("ready", flush=True)
GLib.MainLoop().run()
