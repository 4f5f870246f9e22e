import { TRAY_ICONS, type TrayIcon } from "../../src/main/tray-icon.ts";
import { ico, png } from "./formats.ts";
import { type Pixel, rasterise } from "./raster.ts";
import { SHAPES } from "./shapes.ts";

/** On a light and on a dark task bar; the design's colours. */
const COLOURS: Readonly<Record<TrayIcon, Readonly<Record<"light" | "dark", string>>>> = {
	well: { light: "#23854d", dark: "#5cc48a" },
	planned: { light: "#2f67c9", dark: "#8bb2ff" },
	trouble: { light: "#d98a06", dark: "#e6a02c" },
	down: { light: "#d6372f", dark: "#ea5148" },
	unknown: { light: "#62666d", dark: "#a0a5ad" },
};

const WINDOWS_SIZES = [16, 20, 24, 32, 48];
const LINUX_SIZE = 24;
const MAC_SIZE = 16;
const APP_SIZE = 1024;

/** Every icon there is, by its path under `assets`. */
export function drawings(): Map<string, Buffer> {
	const files = new Map<string, Buffer>([["icon.png", appIcon()]]);
	for (const icon of TRAY_ICONS) {
		const add = (name: string, size: number, colour: string) =>
			files.set(`tray/${icon}${name}.png`, png(drawn(icon, size, colour)));
		add("Template", MAC_SIZE, "#000000");
		add("Template@2x", 2 * MAC_SIZE, "#000000");
		for (const shade of ["light", "dark"] as const) {
			const colour = COLOURS[icon][shade];
			add(`-${shade}`, LINUX_SIZE, colour);
			add(`-${shade}@2x`, 2 * LINUX_SIZE, colour);
			files.set(`tray/${icon}-${shade}.ico`, ico(WINDOWS_SIZES.map((size) => drawn(icon, size, colour))));
		}
	}
	return files;
}

function drawn(icon: TrayIcon, size: number, colour: string) {
	const pixel = pixelOf(colour);
	return rasterise(size, 16, (x, y) => (SHAPES[icon](x, y) ? pixel : undefined));
}

/** Three lights, one above the other, on a dark plate: each with its shape. */
function appIcon(): Buffer {
	const plate = pixelOf("#1b1c1f");
	const lights = (["down", "trouble", "well"] as const).map((icon, index) => ({
		shape: SHAPES[icon],
		pixel: pixelOf(COLOURS[icon].dark),
		top: 4 + index * 14,
	}));
	return png(
		rasterise(APP_SIZE, 48, (x, y) => {
			if (!isPlate(x, y)) return undefined;
			const lit = lights.find(
				({ shape, top }) => y >= top && y < top + 12 && shape((x - 18) * (4 / 3), (y - top) * (4 / 3)),
			);
			return lit?.pixel ?? plate;
		}),
	);
}

function isPlate(x: number, y: number): boolean {
	const [dx, dy] = [Math.max(Math.abs(x - 24) - 14, 0), Math.max(Math.abs(y - 24) - 14, 0)];
	return Math.hypot(dx, dy) <= 8.5;
}

function pixelOf(colour: string): Pixel {
	const value = Number.parseInt(colour.slice(1), 16);
	return [value >> 16, (value >> 8) & 255, value & 255, 255];
}
