import type { Ops } from "./ops.ts";
import type { system } from "./witness.ts";

export interface HostOptions {
	/** What `built` gave. */
	readonly program: string;
	/** Where it keeps what lasts. */
	readonly home: string;
	/** A scenario's file; the real world where absent. */
	readonly world?: string;
	/** When it starts, by the scripted clock. */
	readonly at?: number;
	/** Official pages by address, read instead of what the script says of them. */
	readonly officialPages?: Readonly<Record<string, string>>;
	/** Ports of 127.0.0.1 that can be reached from a scripted world, where the test itself serves something. */
	readonly ports?: readonly number[];
	readonly args?: readonly string[];
	/** Shows pages, where showing them is a choice. */
	readonly pages?: boolean;
	/** How the system around it behaves from the beginning. */
	readonly system?: Partial<typeof system>;
}

/** A program that runs, with all that a test may do to it: each operation as a promise, and its life. */
export type Host = {
	readonly [O in keyof Ops]: (...args: Parameters<Ops[O]>) => Promise<Awaited<ReturnType<Ops[O]>>>;
} & {
	/** Ends it as a power cut would. */
	kill(): Promise<void>;
	/** Somebody starts it a second time: resolves with that one's code, once the first has heard of it. */
	startAgain(): Promise<number | null>;
	/** Resolves with its code once it has ended by itself. */
	readonly ended: Promise<number | null>;
};

/** Something that the program can run on. */
export interface HostKind {
	readonly name: string;
	/** Why it cannot be had on this computer; absent where it can. */
	readonly absent?: string;
	/** Whether pages can be shown. */
	readonly showsPages: boolean;
	/** How long a spec may take on it. */
	readonly timeoutMs: number;
	/** Starts the program and waits until it has begun. */
	open(options: HostOptions): Promise<Host>;
}

/** Every operation by its name, over one way to ask. */
export function asking(ask: (op: keyof Ops, args: unknown[]) => Promise<unknown>): Pick<Host, keyof Ops> {
	return new Proxy({} as Pick<Host, keyof Ops>, {
		// a host is no promise, whatever `await` asks of it
		get: (_, op) => (op === "then" ? undefined : (...args: unknown[]) => ask(op as keyof Ops, args)),
	});
}

export const ENDED = "the program has ended";
