import { styleText } from "node:util";
import type { Level } from "../core/level.ts";
import { SHAPES } from "../words/shapes.ts";

type Style = Parameters<typeof styleText>[0];

const STYLES: Readonly<Record<Level, Style>> = {
	unknown: "gray",
	operational: "green",
	maintenance: "blue",
	degraded: "yellow",
	partial_outage: "yellow",
	major_outage: "red",
};

/** Colours text where the stream is a terminal that wants colour (`NO_COLOR` and `FORCE_COLOR` are honoured), else leaves it. */
export type Paint = (style: Style, text: string) => string;

export function painterFor(stream: NodeJS.WriteStream): Paint {
	return (style, text) => styleText(style, text, { stream });
}

/** The shape of a level in its colour. */
export function shape(level: Level, paint: Paint): string {
	return paint(STYLES[level], SHAPES[level]);
}

/** A word in the colour of a level; unremarkable levels stay plain. */
export function inColourOf(level: Level, text: string, paint: Paint): string {
	return level === "operational" ? text : paint(STYLES[level], text);
}
