/** Red, green, blue and how much of it covers what is behind, each 0 to 255. */
export type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

/** A square picture, row by row from the top, four bytes a pixel. */
export interface Raster {
	readonly size: number;
	readonly pixels: Uint8Array;
}

/** Points asked along each side of a pixel: their share that is drawn is its alpha, which smooths every edge. */
const SAMPLES = 8;

/** Draws what `colourAt` gives for each point of a square whose side is `units` long. */
export function rasterise(size: number, units: number, colourAt: (x: number, y: number) => Pixel | undefined): Raster {
	const pixels = new Uint8Array(size * size * 4);
	for (let row = 0; row < size; row++) {
		for (let column = 0; column < size; column++) {
			pixels.set(average(column, row, units / size, colourAt), (row * size + column) * 4);
		}
	}
	return { size, pixels };
}

function average(
	column: number,
	row: number,
	step: number,
	colourAt: (x: number, y: number) => Pixel | undefined,
): number[] {
	const sum = [0, 0, 0, 0] as [number, number, number, number];
	for (let index = 0; index < SAMPLES * SAMPLES; index++) {
		const x = column + ((index % SAMPLES) + 0.5) / SAMPLES;
		const y = row + (Math.floor(index / SAMPLES) + 0.5) / SAMPLES;
		const [red, green, blue, alpha] = colourAt(x * step, y * step) ?? [0, 0, 0, 0];
		sum[0] += red * alpha;
		sum[1] += green * alpha;
		sum[2] += blue * alpha;
		sum[3] += alpha;
	}
	const [red, green, blue, alpha] = sum;
	if (alpha === 0) return [0, 0, 0, 0];
	return [...[red, green, blue].map((each) => Math.round(each / alpha)), Math.round(alpha / SAMPLES ** 2)];
}
