/** The colors of what is printed: dark enough on white, and apart from each other in grey. */
export const INK = "#12211f";
export const SOFT = "#4c5f5c";
export const FAINT = "#7b8c89";
export const LINE = "#d3dcda";
export const TINT = "#f1f5f4";
export const PAPER = "#ffffff";
export const ACCENT = "#0f766e";
export const RIGHT = "#15803d";
export const PENDING = "#b45309";
export const WRONG = "#b42318";
export const GOLD = "#b7862b";
export const GOLD_LIGHT = "#e9cf8a";
