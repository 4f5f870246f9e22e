import type { lookup as systemLookup } from "node:dns";

/** The system's resolver, as far as it is not stuck. */
export type SystemLookup = (host: string) => Promise<Looked>;

/** `busy`: so many questions hang that this one could not be put. */
type Looked = { readonly addresses: readonly string[] } | "busy";

/** Node puts these questions to four threads, which it needs for other work too; a question that hangs keeps its thread. */
const MOST_AT_ONCE = 3;
/** A resolver that is well answers sooner. */
const PATIENCE_MS = 1000;

/**
 * Asks the system's resolver a few questions at a time, in their order, and the same question once. Names that hang for long, as
 * those of a service whose own name servers are gone, do so at their own expense: others hear `busy` after a second.
 */
export function createSystemLookup(lookup: typeof systemLookup, patienceMs = PATIENCE_MS): SystemLookup {
	const asked = new Map<string, { readonly answer: Promise<Looked> }>();
	const waiting = new Set<() => void>();
	let underWay = 0;
	const next = () => {
		const [first] = waiting;
		if (!first || underWay >= MOST_AT_ONCE) return;
		waiting.delete(first);
		underWay++;
		first();
	};
	const put = (host: string): Promise<Looked> =>
		new Promise((resolve) => {
			lookup(host, { all: true, order: "ipv4first" }, (error, found) => {
				underWay--;
				resolve({ addresses: error ? [] : found.map(({ address }) => address) });
				next();
			});
		});
	const turn = (): Promise<boolean> =>
		new Promise((resolve) => {
			const start = () => {
				clearTimeout(timer);
				resolve(true);
			};
			const timer = setTimeout(() => {
				waiting.delete(start);
				resolve(false);
			}, patienceMs);
			waiting.add(start);
			next();
		});
	const ask = async (host: string): Promise<Looked> => ((await turn()) ? put(host) : "busy");
	return (host) => {
		const known = asked.get(host);
		if (known) return known.answer;
		const answer = ask(host).finally(() => asked.delete(host));
		asked.set(host, { answer });
		return answer;
	};
}
