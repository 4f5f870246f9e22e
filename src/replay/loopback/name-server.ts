import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type DnsReply, dnsAnswer, questionIn } from "./dns-answer.ts";
import { LOOPBACK } from "./listener.ts";

export interface NameServer {
	/** As a resolver takes it: `127.0.0.1:port`. */
	readonly address: string;
	close(): Promise<void>;
}

/** A DNS server over UDP that answers as `replyTo` says, and keeps silent where that says nothing. */
export async function openNameServer(replyTo: (name: string) => DnsReply | undefined): Promise<NameServer> {
	const socket = createSocket("udp4");
	socket.on("message", (query, from) => {
		const question = questionIn(query);
		const reply = question && replyTo(question.name);
		if (question && reply) socket.send(dnsAnswer(query, question, reply), from.port, from.address);
	});
	socket.on("error", () => {});
	socket.bind(0, LOOPBACK);
	await once(socket, "listening");
	return {
		address: `${LOOPBACK}:${socket.address().port}`,
		close: () => new Promise((resolve) => void socket.close(() => resolve())),
	};
}
