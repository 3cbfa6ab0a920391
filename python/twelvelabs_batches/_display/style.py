"""How cards look, in light and in dark notebooks."""

from __future__ import annotations

import re

from .markup import Markup

__all__ = ["ACCENTS", "STYLE"]

#: Colours of what stands beside text, never of text. Each can be seen on white and on black.
ACCENTS = {
    "ready": "#22a06b",
    "failed": "#e5484d",
    "canceled": "#8b8d98",
    "processing": "#3b82f6",
    "warning": "#c77d0a",
}

_INK = "var(--jp-content-font-color1,var(--vscode-editor-foreground,inherit))"
_FONT = "var(--jp-content-font-family,var(--vscode-font-family,system-ui,sans-serif))"
_CODE_FONT = "var(--jp-code-font-family,var(--vscode-editor-font-family,ui-monospace,monospace))"
_LINE = "1px solid rgba(128,128,128,.35)"
_SHADE = "rgba(128,128,128,.12)"

# Two classes in each rule: notebooks have rules of their own for tables and code.
_RULES = f"""
.tlb.tlb-card{{color:{_INK};font-family:{_FONT};font-size:13px;line-height:1.5;max-width:66em;margin:2px 0;
 padding:10px 14px 11px;border:{_LINE};border-radius:8px;box-sizing:border-box;background:transparent;
 text-align:left;overflow-wrap:anywhere}}
.tlb .tlb-head{{display:flex;flex-wrap:wrap;align-items:baseline;gap:2px 10px;margin:0}}
.tlb .tlb-title{{font-weight:600}}
.tlb .tlb-side{{margin-left:auto;opacity:.75}}
.tlb .tlb-status{{white-space:nowrap}}
.tlb .tlb-dot{{display:inline-block;width:.62em;height:.62em;border-radius:50%;margin-right:.42em;
 background:{ACCENTS["canceled"]}}}
.tlb .tlb-bar{{display:flex;height:8px;margin:9px 0 6px;border-radius:4px;overflow:hidden;
 background:rgba(128,128,128,.25)}}
.tlb td .tlb-bar{{width:90px;height:6px;margin:0 8px 0 0;display:inline-flex;vertical-align:middle}}
.tlb .tlb-bar span{{display:block;height:100%;min-width:2px}}
.tlb .tlb-ready{{background:{ACCENTS["ready"]}}}
.tlb .tlb-failed{{background:{ACCENTS["failed"]}}}
.tlb .tlb-canceled{{background:{ACCENTS["canceled"]}}}
.tlb .tlb-processing{{background:{ACCENTS["processing"]}}}
.tlb .tlb-queued{{background:transparent;box-shadow:inset 0 0 0 1.5px {ACCENTS["canceled"]}}}
.tlb .tlb-bar .tlb-queued{{box-shadow:none}}
.tlb .tlb-bar .tlb-canceled{{background:repeating-linear-gradient(135deg,{ACCENTS["canceled"]} 0 3px,
 transparent 3px 6px)}}
.tlb .tlb-warning{{background:{ACCENTS["warning"]}}}
.tlb .tlb-counts{{display:flex;flex-wrap:wrap;gap:0 16px;margin:5px 0 0}}
.tlb .tlb-counts>span{{white-space:nowrap}}
.tlb .tlb-counts>.tlb-comma{{display:none}}
.tlb .tlb-facts{{display:flex;flex-wrap:wrap;gap:2px 18px;margin:6px 0 0;padding:0}}
.tlb .tlb-facts>div{{display:flex;gap:6px;margin:0}}
.tlb .tlb-facts dt,.tlb .tlb-facts dd{{display:inline;float:none;margin:0;padding:0;width:auto;
 font-weight:400}}
.tlb .tlb-facts dt,.tlb .tlb-quiet{{opacity:.7}}
.tlb .tlb-note[class]{{margin:8px 0 0;padding:3px 0 3px 10px;background:none;
 border-inline-start:3px solid {ACCENTS["canceled"]}}}
.tlb .tlb-note.tlb-ready{{border-color:{ACCENTS["ready"]}}}
.tlb .tlb-note.tlb-failed{{border-color:{ACCENTS["failed"]}}}
.tlb .tlb-note.tlb-warning{{border-color:{ACCENTS["warning"]}}}
.tlb .tlb-next{{margin:8px 0 0}}
.tlb.tlb-card code{{font-family:{_CODE_FONT};font-size:.94em;color:inherit;background:{_SHADE};
 padding:1px 5px;border-radius:4px;white-space:pre-wrap;border:0}}
.tlb .tlb-box{{overflow:auto;max-height:66em;margin:8px 0 0}}
.tlb .tlb-box.tlb-low{{max-height:34em}}
.tlb pre.tlb-text{{font-family:inherit;font-size:inherit;line-height:1.55;color:inherit;white-space:pre-wrap;
 word-break:normal;overflow-wrap:anywhere;margin:0;padding:8px 10px;border:0;border-radius:5px;
 background:{_SHADE}}}
.tlb pre.tlb-json{{font-family:{_CODE_FONT};font-size:.94em;line-height:1.45}}
.tlb table.tlb-table{{border-collapse:collapse;margin:0;border:0;width:auto;color:inherit;font-size:inherit;
 table-layout:auto}}
.tlb .tlb-table tr,.tlb .tlb-table tbody tr:nth-child(n){{background:transparent;border:0}}
.tlb .tlb-table th,.tlb .tlb-table td{{text-align:start;vertical-align:top;padding:3px 14px 3px 0;border:0;
 border-bottom:{_LINE};font-weight:400;max-width:44em;min-width:2.5em;white-space:normal;overflow-wrap:break-word;line-height:1.45;
 background:transparent;color:inherit}}
.tlb .tlb-table thead th{{font-weight:600;white-space:nowrap;vertical-align:bottom}}
.tlb .tlb-table tbody tr:last-child>*{{border-bottom:0}}
.tlb .tlb-table .tlb-number{{text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums}}
.tlb .tlb-table.tlb-wide{{width:max-content}}
.tlb .tlb-table.tlb-wide td{{max-width:22em}}
.tlb .tlb-table th code.tlb-long{{display:inline-block;width:20em;overflow-wrap:anywhere}}
.tlb .tlb-table code:not(.tlb-long),.tlb .tlb-table time,.tlb .tlb-table .tlb-line{{white-space:nowrap}}
"""

STYLE = Markup("<style>" + re.sub(r"\n ?", "", _RULES) + "</style>")
