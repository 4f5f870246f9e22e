import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, type Gunzip } from "node:zlib";
import { failure } from "../../core/failure.ts";
import { Trouble } from "./failure-of.ts";

/** The encodings that `wholeBody` undoes. */
export const ACCEPTED_ENCODINGS = "gzip, deflate, br";

/** Takes a body as it comes, and gives it whole. */
export interface BodyReader {
	push(chunk: Buffer): void;
	end(): void;
	/** Gives up, if it has not settled yet, and stops all work. */
	fail(error: unknown): void;
	/** Settles when enough has come. What comes after that is not kept. */
	readonly bytes: Promise<Buffer>;
}

/** Keeps the first `limit` bytes as they are, and is content with them. */
export function startOfBody(limit: number): BodyReader {
	const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
	const chunks: Buffer[] = [];
	let length = 0;
	return {
		push(chunk) {
			chunks.push(chunk);
			length += chunk.length;
			if (length >= limit) resolve(Buffer.concat(chunks).subarray(0, limit));
		},
		end: () => resolve(Buffer.concat(chunks)),
		fail: reject,
		bytes: promise,
	};
}

/** Undoes the encoding. Rejects with `Trouble` as soon as more than `limit` bytes have come out, however few went in. */
export function wholeBody(encoding: string, limit: number): BodyReader {
	const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
	const chunks: Buffer[] = [];
	let length = 0;
	const keep = (chunk: Buffer) => {
		length += chunk.length;
		if (length > limit) reject(tooLarge(limit));
		else chunks.push(chunk);
	};
	const finish = () => resolve(Buffer.concat(chunks));
	if (encoding === "" || encoding === "identity") return { push: keep, end: finish, fail: reject, bytes: promise };

	let decoder: Gunzip | undefined;
	const fail = (error: unknown) => {
		reject(error);
		decoder?.destroy();
	};
	const start = (firstByte: number) => {
		const created = createDecoder(encoding, firstByte);
		if (!created) return fail(new Trouble(failure("unreadable", `unknown content encoding "${encoding}"`)));
		decoder = created;
		created.on("data", keep);
		created.on("end", finish);
		created.on("error", ({ message }) => fail(new Trouble(failure("unreadable", `broken ${encoding}: ${message}`))));
	};
	return {
		push(chunk) {
			if (!decoder) start(chunk[0] ?? 0);
			if (decoder && !decoder.destroyed) decoder.write(chunk);
		},
		// A 304 may name the encoding of a body that it does not carry.
		end: () => (decoder ? decoder.end() : finish()),
		fail,
		bytes: promise,
	};
}

function createDecoder(encoding: string, firstByte: number) {
	if (encoding === "gzip" || encoding === "x-gzip") return createGunzip();
	if (encoding === "br") return createBrotliDecompress();
	// "deflate" means the zlib format, but some servers leave its header out.
	if (encoding === "deflate") return (firstByte & 0x0f) === 8 ? createInflate() : createInflateRaw();
	return undefined;
}

function tooLarge(limit: number): Trouble {
	return new Trouble(failure("unreadable", `the body is larger than the cap of ${limit} bytes`, { phase: "transfer" }));
}
