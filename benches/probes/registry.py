"""All probes."""

from __future__ import annotations

from . import Probe, bodies, flow, imports, instructions, memory

PROBES = (
    Probe("import", "import, in fresh processes", imports.measure),
    Probe("memory", "memory, in fresh processes", memory.measure),
    Probe("flow", "how rows flow", flow.measure),
    Probe("bodies", "what create sends", bodies.measure),
    Probe("instructions", "instructions, counted by callgrind", instructions.measure, by_name_only=True),
)
