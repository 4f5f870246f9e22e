/** The text of a body: by its byte order mark, else the charset of `Content-Type`, else an XML declaration, else UTF-8. */
export function decodeText(bytes: Uint8Array, contentType = ""): string {
	const label = markOf(bytes) ?? charsetIn(contentType) ?? declaredIn(bytes) ?? "utf-8";
	try {
		return new TextDecoder(label).decode(bytes);
	} catch {
		return new TextDecoder().decode(bytes);
	}
}

function markOf(bytes: Uint8Array): string | undefined {
	const [first, second, third] = bytes;
	if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
	if (first === 0xff && second === 0xfe) return "utf-16le";
	if (first === 0xfe && second === 0xff) return "utf-16be";
	return undefined;
}

function charsetIn(contentType: string): string | undefined {
	return /;\s*charset="?([\w.:-]{1,40})/i.exec(contentType)?.[1];
}

function declaredIn(bytes: Uint8Array): string | undefined {
	const start = new TextDecoder("latin1").decode(bytes.subarray(0, 120));
	return /^<\?xml[^>]*\sencoding=["']([\w.:-]{1,40})["']/.exec(start)?.[1];
}
