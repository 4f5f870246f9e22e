import type { TrayIcon } from "../../src/main/tray-icon.ts";

/** Whether a point is drawn, on a square of 16 by 16 whose corner is at the top left. */
type Shape = (x: number, y: number) => boolean;

const MIDDLE = 8;

/** The shape of each state, which says it without any colour. */
export const SHAPES: Readonly<Record<TrayIcon, Shape>> = {
	well: (x, y) => distance(x, y, MIDDLE, MIDDLE) <= 6,
	planned: (x, y) => Math.abs(x - MIDDLE) + Math.abs(y - MIDDLE) <= 7,
	trouble: (x, y) => y >= 1.8 && y <= 13.8 && Math.abs(x - MIDDLE) <= (y - 1.4) * 0.56,
	down: (x, y) => Math.abs(x - MIDDLE) <= 5.5 && Math.abs(y - MIDDLE) <= 5.5,
	unknown: (x, y) => ring(x, y) || questionMark(x, y),
};

function ring(x: number, y: number): boolean {
	const radius = distance(x, y, MIDDLE, MIDDLE);
	return radius <= 7 && radius >= 5.6;
}

/** A hook around a point, a stem and a dot. */
function questionMark(x: number, y: number): boolean {
	const radius = distance(x, y, MIDDLE, 6.5);
	const inHook = radius <= 2.5 && radius >= 1.2 && (y <= 6.5 || x >= MIDDLE);
	const inStem = Math.abs(x - MIDDLE) <= 0.65 && y >= 7.7 && y <= 9.5;
	return inHook || inStem || distance(x, y, MIDDLE, 11) <= 0.85;
}

function distance(x: number, y: number, toX: number, toY: number): number {
	return Math.hypot(x - toX, y - toY);
}
