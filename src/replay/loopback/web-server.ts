import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { acceptOf } from "../../io/network/websocket-frame.ts";
import { dnsAnswer, questionIn } from "./dns-answer.ts";
import type { Reply } from "./reply.ts";

/** What a web server says to a request for `host`, and how long it takes; nothing for hosts that nobody asks now. */
export type ReplyTo = (host: string) => { readonly reply: Reply; readonly afterMs: number } | undefined;

/** Headers that would break the answer's own framing. */
const FRAMING = /^(?:connection|content-length|transfer-encoding|upgrade)$/i;
/** Questions over HTTPS are short. */
const QUESTION_LIMIT_BYTES = 512;

/** Answers one request. */
export async function speak(request: IncomingMessage, response: ServerResponse, replyTo: ReplyTo): Promise<void> {
	const found = replyTo(hostOf(request));
	if (!found) return void response.writeHead(421, { connection: "close" }).end();
	const { status, headers, body, dns } = found.reply;
	const asked = await bodyOf(request);
	const question = dns && questionIn(asked);
	const timer = setTimeout(() => {
		for (const [name, value] of Object.entries(headers)) if (!FRAMING.test(name)) response.setHeader(name, value);
		const bytes = dns && question ? dnsAnswer(asked, question, dns) : body;
		response.writeHead(status, { connection: "close" }).end(bytes);
	}, found.afterMs);
	response.once("close", () => clearTimeout(timer));
}

/** Whether a request to speak WebSocket is agreed to; otherwise it is answered as any other. */
export function agrees(request: IncomingMessage, replyTo: ReplyTo): boolean {
	return replyTo(hostOf(request))?.reply.webSocket !== undefined;
}

/** Agrees, says what is to be said first, and hangs up when the client does. */
export function speakWebSocket(request: IncomingMessage, socket: Duplex, replyTo: ReplyTo): void {
	const { reply: { webSocket = {} } = {}, afterMs = 0 } = replyTo(hostOf(request)) ?? {};
	const { greeting, closeCode, protocol } = webSocket;
	const head = [
		"HTTP/1.1 101 Switching Protocols",
		"upgrade: websocket",
		"connection: upgrade",
		`sec-websocket-accept: ${acceptOf(request.headers["sec-websocket-key"] ?? "")}`,
		...(protocol === undefined ? [] : [`sec-websocket-protocol: ${protocol}`]),
	];
	socket.on("error", () => {});
	socket.on("end", () => socket.end());
	socket.resume();
	const timer = setTimeout(() => {
		socket.write(`${head.join("\r\n")}\r\n\r\n`);
		if (greeting !== undefined) socket.write(frame(TEXT, Buffer.from(greeting)));
		if (closeCode !== undefined) socket.end(closeCode === HUNG_UP ? undefined : frame(CLOSE, twoBytes(closeCode)));
	}, afterMs);
	socket.once("close", () => clearTimeout(timer));
}

const TEXT = 0x81;
const CLOSE = 0x88;
/** The close code of a connection that just ends. */
const HUNG_UP = 1006;

/** A frame of a server: unmasked, and the last of its message. */
function frame(head: number, payload: Buffer): Buffer {
	const { length } = payload;
	const start = length < 126 ? [head, length] : [head, 126, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from(start), payload]);
}

function twoBytes(code: number): Buffer {
	return Buffer.from([code >> 8, code & 0xff]);
}

function hostOf({ headers: { host = "" } }: IncomingMessage): string {
	return host
		.replace(/:\d+$/, "")
		.replace(/^\[|\]$/g, "")
		.toLowerCase();
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of request) {
		chunks.push(chunk);
		length += chunk.length;
		if (length > QUESTION_LIMIT_BYTES) break;
	}
	return Buffer.concat(chunks);
}
