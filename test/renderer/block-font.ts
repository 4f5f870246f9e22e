/** Units to the em. */
const EM = 1000;
const ASCENT = 800;
const DESCENT = 200;

/** How wide the blocks are, about as letters are in a usual font. */
const WIDTHS = [600, 300, 280, 560, 650, 860] as const;
const [BLANK, NARROW, USUAL, CAPITAL, WIDE] = [1, 2, 3, 4, 5];

function glyphOf(code: number): number {
	const letter = String.fromCodePoint(code);
	if (/\s/u.test(letter)) return BLANK;
	if (/[ijlI.,:;'’!|()[\]·ìíîï]/u.test(letter)) return NARROW;
	if (/[mwMW@%…—]/u.test(letter)) return WIDE;
	return /\p{Lu}/u.test(letter) ? CAPITAL : USUAL;
}

/**
 * A font whose letters are blocks, and which measures the same wherever a window is shown: only its advances count, and that a word can be
 * seen. It has the letters of Latin languages and the usual marks; others are left to the system.
 */
export function blockFont(): Uint8Array {
	const outlines = WIDTHS.map((_, glyph) => (glyph === BLANK ? new Uint8Array() : block(glyph)));
	const ends = [0];
	for (const { length } of outlines) ends.push((ends.at(-1) ?? 0) + length);
	const codes = [...range(0x20, 0x24f), ...range(0x2010, 0x2044), 0x2191, 0x2193, 0x2318];
	return assembled({
		"OS/2": os2(),
		cmap: bytes(
			u16(0, 1, 3, 10),
			u32(12),
			u16(12, 0),
			u32(16 + 12 * codes.length, 0, codes.length),
			...codes.map((code) => u32(code, code, glyphOf(code))),
		),
		glyf: bytes(...outlines),
		head: bytes(
			u32(0x10000, 0x10000, 0, 0x5f0f3cf5),
			u16(3, EM),
			u32(0, 0, 0, 0),
			u16(0, 0, EM, ASCENT, 0, 8, 2, 1, 0),
		),
		hhea: bytes(u32(0x10000), u16(ASCENT, -DESCENT, 0, EM, 0, 0, EM, 1, 0, 0, 0, 0, 0, 0, 0, WIDTHS.length)),
		hmtx: bytes(...WIDTHS.map((width) => u16(width, 0))),
		loca: bytes(u32(...ends)),
		maxp: bytes(u32(0x10000), u16(WIDTHS.length, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)),
		name: bytes(u16(0, 1, 18, 3, 1, 0x409, 1, 2, 0), u16(0x42)),
		post: bytes(u32(0x30000, 0), u16(-100, 50), u32(0, 0, 0, 0, 0)),
	});
}

/** One rectangle, with a little room beside it, as high as a small letter, or as a capital. */
function block(glyph: number): Uint8Array {
	const [left, right, top] = [40, (WIDTHS[glyph] ?? EM) - 40, glyph === CAPITAL || glyph === WIDE ? 700 : 520];
	// four corners on the curve, each as its distance from the one before
	const body = bytes(
		u16(1, left, 0, right, top, 3, 0),
		Uint8Array.of(1, 1, 1, 1),
		u16(left, 0, right - left, 0),
		u16(0, top, 0, -top),
	);
	return bytes(body, new Uint8Array((4 - (body.length % 4)) % 4));
}

function os2(): Uint8Array {
	return bytes(
		u16(4, 500, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0),
		new Uint8Array(10),
		u32(1, 0, 0, 0),
		new TextEncoder().encode("TEST"),
		u16(0x40, 0x20, 0xffff, ASCENT, -DESCENT, 0, ASCENT, DESCENT),
		u32(1, 0),
		u16(520, 700, 0, 0x20, 1),
	);
}

function assembled(tables: Readonly<Record<string, Uint8Array>>): Uint8Array {
	const names = Object.keys(tables).sort();
	let offset = 12 + 16 * names.length;
	const records: Uint8Array[] = [];
	const bodies: Uint8Array[] = [];
	for (const name of names) {
		const table = tables[name] ?? new Uint8Array();
		const body = bytes(table, new Uint8Array((4 - (table.length % 4)) % 4));
		records.push(bytes(new TextEncoder().encode(name), u32(checksum(body), offset, table.length)));
		bodies.push(body);
		offset += body.length;
	}
	return bytes(u32(0x10000), u16(names.length, 128, 3, 16 * names.length - 128), ...records, ...bodies);
}

function checksum(body: Uint8Array): number {
	const view = new DataView(body.buffer, body.byteOffset, body.length);
	let sum = 0;
	for (let at = 0; at < body.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
	return sum;
}

function range(from: number, to: number): number[] {
	return Array.from({ length: to - from + 1 }, (_, step) => from + step);
}

function u16(...values: number[]): Uint8Array {
	return new Uint8Array(values.flatMap((value) => [(value >> 8) & 255, value & 255]));
}

function u32(...values: number[]): Uint8Array {
	return new Uint8Array(values.flatMap((value) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255)));
}

function bytes(...parts: Uint8Array[]): Uint8Array {
	return Uint8Array.from(parts.flatMap((part) => [...part]));
}
