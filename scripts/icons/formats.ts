import { crc32, deflateSync } from "node:zlib";
import type { Raster } from "./raster.ts";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A picture as PNG: eight bits a channel, with alpha (W3C PNG, colour type 6). */
export function png({ size, pixels }: Raster): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(size, 0);
	header.writeUInt32BE(size, 4);
	header.set([8, 6, 0, 0, 0], 8);
	const rows = Buffer.alloc(size * (size * 4 + 1));
	for (let row = 0; row < size; row++) {
		rows.set(pixels.subarray(row * size * 4, (row + 1) * size * 4), row * (size * 4 + 1) + 1);
	}
	const data = deflateSync(rows, { level: 9 });
	return Buffer.concat([SIGNATURE, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
	const out = Buffer.alloc(body.length + 8);
	out.writeUInt32BE(data.length, 0);
	out.set(body, 4);
	out.writeUInt32BE(crc32(body), body.length + 4);
	return out;
}

/** Several sizes of one picture as a Windows icon; none above 255. */
export function ico(rasters: readonly Raster[]): Buffer {
	const images = rasters.map(bitmap);
	const head = Buffer.alloc(6 + 16 * images.length);
	head.set([0, 0, 1, 0, images.length, 0]);
	let offset = head.length;
	for (const [index, image] of images.entries()) {
		const at = 6 + 16 * index;
		const size = rasters[index]?.size ?? 0;
		head.set([size, size, 0, 0, 1, 0, 32, 0], at);
		head.writeUInt32LE(image.length, at + 8);
		head.writeUInt32LE(offset, at + 12);
		offset += image.length;
	}
	return Buffer.concat([head, ...images]);
}

/** As old Windows programs want it: blue first, from the bottom up, and a mask after it that alpha makes idle. */
function bitmap({ size, pixels }: Raster): Buffer {
	const header = Buffer.alloc(40);
	header.writeUInt32LE(40, 0);
	header.writeInt32LE(size, 4);
	header.writeInt32LE(size * 2, 8);
	header.set([1, 0, 32, 0], 12);
	const colours = Buffer.alloc(size * size * 4);
	for (let row = 0; row < size; row++) {
		for (let column = 0; column < size; column++) {
			const from = (row * size + column) * 4;
			const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.subarray(from, from + 4);
			colours.set([blue, green, red, alpha], ((size - 1 - row) * size + column) * 4);
		}
	}
	return Buffer.concat([header, colours, Buffer.alloc(Math.ceil(size / 32) * 4 * size)]);
}
