// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.map;

/** The style sheet of a region's map: dark on white, for screens and for print. */
final class MapStyle {
    static final String CSS =
            """
text{font-family:Inter,"Helvetica Neue",Arial,"Liberation Sans",sans-serif;fill:#1a1a1a}
.page{fill:#fff}
.title{font-size:24px;font-weight:600}
.subtitle{font-size:13px;fill:#444}
.legend{font-size:13px}
.heading{font-size:11.5px;fill:#555}
.name{font-size:13.5px;font-weight:600}
.kind{font-size:13px}
.note{font-size:11px;fill:#555}
.number,.hex{font-size:11.5px;font-family:"DejaVu Sans Mono","Liberation Mono",monospace}
.hex{fill:#777;font-size:10.5px}
.field{font-size:12px}
.type{font-size:11px;fill:#555}
.label{font-size:11px}
.rule{stroke:#ddd;stroke-width:1}
.grid{stroke:#eaeaea;stroke-width:1}
.constant{fill:#f2f2f2;stroke:#999;stroke-width:.8}
.mark{fill:#333}
.ring{fill:#fff;stroke:#333;stroke-width:2.4}
.bytes{fill:#e3eef7;stroke:#5b7c99;stroke-width:.8}
.padding{fill:#d0d0d0}
""";

    private MapStyle() {}
}
