import { crc32, deflateSync, inflateSync } from "node:zlib";

/** A picture of opaque colours: three bytes to a pixel, row by row. */
export interface Picture {
	readonly width: number;
	readonly height: number;
	readonly rgb: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Reads a PNG of eight bits a channel, as a browser takes them; how much it lets through is dropped. */
export function readPng(file: Buffer): Picture {
	const data: Buffer[] = [];
	let [width, height, kind] = [0, 0, 0];
	for (let at = SIGNATURE.length; at < file.length; at += 12 + file.readUInt32BE(at)) {
		const body = file.subarray(at + 8, at + 8 + file.readUInt32BE(at));
		const name = file.toString("latin1", at + 4, at + 8);
		if (name === "IHDR") [width, height, kind] = [body.readUInt32BE(0), body.readUInt32BE(4), body.readUInt16BE(8)];
		if (name === "IDAT") data.push(body);
	}
	const channels = { [0x802]: 3, [0x806]: 4 }[kind];
	if (!channels) throw new Error(`expected eight bits a channel, in colours, got ${kind.toString(16)}`);
	const rows = unfiltered(inflateSync(Buffer.concat(data)), width * channels, height, channels);
	const rgb = new Uint8Array(width * height * 3);
	for (let pixel = 0; pixel < width * height; pixel += 1)
		for (let channel = 0; channel < 3; channel += 1) rgb[pixel * 3 + channel] = rows[pixel * channels + channel] ?? 0;
	return { width, height, rgb };
}

/** Undoes what each row of a PNG says of its left (a), its upper (b) and its upper left neighbour (c). */
function unfiltered(raw: Buffer, stride: number, height: number, channels: number): Uint8Array {
	const rows = new Uint8Array(stride * height);
	for (let y = 0; y < height; y += 1) {
		const filter = raw[y * (stride + 1)];
		for (let x = 0; x < stride; x += 1) {
			const a = x >= channels ? (rows[y * stride + x - channels] ?? 0) : 0;
			const b = y > 0 ? (rows[(y - 1) * stride + x] ?? 0) : 0;
			const c = x >= channels && y > 0 ? (rows[(y - 1) * stride + x - channels] ?? 0) : 0;
			const guess = [0, a, b, (a + b) >> 1, nearest(a, b, c)][filter ?? 0] ?? 0;
			rows[y * stride + x] = (raw[y * (stride + 1) + 1 + x] ?? 0) + guess;
		}
	}
	return rows;
}

function nearest(a: number, b: number, c: number): number {
	const [da, db, dc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
	if (da <= db && da <= dc) return a;
	return db <= dc ? b : c;
}

export function writePng({ width, height, rgb }: Picture): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.writeUInt32BE(0x08020000, 8);
	const rows = Buffer.alloc((width * 3 + 1) * height);
	for (let y = 0; y < height; y += 1)
		rows.set(rgb.subarray(y * width * 3, (y + 1) * width * 3), y * (width * 3 + 1) + 1);
	const chunks = [
		chunk("IHDR", header),
		chunk("IDAT", deflateSync(rows, { level: 9 })),
		chunk("IEND", Buffer.alloc(0)),
	];
	return Buffer.concat([SIGNATURE, ...chunks]);
}

function chunk(name: string, body: Buffer): Buffer {
	const named = Buffer.concat([Buffer.from(name, "latin1"), body]);
	const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
	size.writeUInt32BE(body.length);
	sum.writeUInt32BE(crc32(named));
	return Buffer.concat([size, named, sum]);
}

/** The picture from afar: each pixel is the mean colour of a square of so many, each way. */
export function fromAfar({ width, height, rgb }: Picture, cell: number): Picture {
	const [across, down] = [Math.ceil(width / cell), Math.ceil(height / cell)];
	const sums = new Float64Array(across * down * 3);
	const counts = new Float64Array(across * down);
	for (let y = 0; y < height; y += 1)
		for (let x = 0; x < width; x += 1) {
			const into = Math.floor(y / cell) * across + Math.floor(x / cell);
			counts[into] = (counts[into] ?? 0) + 1;
			for (let channel = 0; channel < 3; channel += 1)
				sums[into * 3 + channel] = (sums[into * 3 + channel] ?? 0) + (rgb[(y * width + x) * 3 + channel] ?? 0);
		}
	return {
		width: across,
		height: down,
		rgb: Uint8Array.from(sums, (sum, at) => Math.round(sum / (counts[Math.floor(at / 3)] ?? 1))),
	};
}

/** Several pictures of one size, one under the other. */
export function stacked(pictures: readonly Picture[]): Picture {
	const width = pictures[0]?.width ?? 0;
	const height = pictures.reduce((sum, each) => sum + each.height, 0);
	return { width, height, rgb: Uint8Array.from(pictures.flatMap(({ rgb }) => [...rgb])) };
}

/** How many pixels differ by more than `most` of 255 in some channel; all of them where the sizes differ. */
export function strayPixels(reference: Picture, now: Picture, most: number): number {
	if (reference.width !== now.width || reference.height !== now.height) return now.width * now.height;
	let stray = 0;
	for (let at = 0; at < now.rgb.length; at += 3)
		if ([0, 1, 2].some((channel) => Math.abs((reference.rgb[at + channel] ?? 0) - (now.rgb[at + channel] ?? 0)) > most))
			stray += 1;
	return stray;
}
