import { failureOf, Trouble } from "./failure-of.ts";

/** A proxy that is well, and says no: another way is not tried after it. */
export class Refusal extends Trouble {}

/** Whether an error keeps us from a way out, and says nothing of what lies behind it. */
export function isOfWay(error: unknown): boolean {
	return !(error instanceof Refusal) && failureOf(error).phase === "proxy";
}
