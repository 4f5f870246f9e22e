import { useEffect, useState } from "preact/hooks";
import type { Span } from "../../ipc/answers.ts";

/** What came of asking the main process. */
export type Answer<T> = { readonly kind: "waiting" | "refused" } | { readonly kind: "given"; readonly value: T };

const WAITING = { kind: "waiting" } as const;

/**
 * Asks when the window opens, whenever `about` changes and every time `turn` does. While it is asked again about the same, the answer
 * before stays.
 */
export function useAnswer<T>(ask: () => Promise<T>, about: string, turn: number): Answer<T> {
	const [held, setHeld] = useState<{ readonly about: string; readonly answer: Answer<T> }>({ about, answer: WAITING });
	// `ask` is another function each time; what it asks for is `about`
	useEffect(() => {
		let wanted = true;
		const hold = (answer: Answer<T>) => {
			if (wanted) setHeld({ about, answer });
		};
		ask().then(
			(value) => hold({ kind: "given", value }),
			() => hold({ kind: "refused" }),
		);
		return () => {
			wanted = false;
		};
	}, [about, turn]);
	return held.about === about ? held.answer : WAITING;
}

/** The last day moves on as one looks; what lies further back takes longer to read, and hardly changes. */
const TURN_MS: Readonly<Record<Span, number>> = { day: 30_000, week: 300_000, month: 300_000, quarter: 600_000 };

/** Changes now and then: what happened is asked for again. */
export function turnOf(now: number, span: Span = "day"): number {
	return Math.floor(now / TURN_MS[span]);
}
