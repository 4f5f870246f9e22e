import { failureOf, Trouble } from "./failure-of.ts";
import type { Way } from "./proxy.ts";

/** A proxy that is well, and says no: another way is not tried after it. */
export class Refusal extends Trouble {}

/** Whether an error may be the way's, so that another way is worth trying: who goes directly cannot tell it from the target's. */
export function isOfWay({ kind }: Way, error: unknown): boolean {
	const { phase } = failureOf(error);
	if (kind === "direct") return phase === "dns" || phase === "connect";
	return phase === "proxy" && !(error instanceof Refusal);
}
