import { dial } from "../network/dial.ts";
import { converse } from "../network/exchange.ts";
import type { Control, SpecOf } from "./control.ts";

/** Connects to a literal address: what still works when names do not. */
export const controlIp: Control<SpecOf<"ip">> = async ({ address, port }, network, { signal }) => {
	const result = await converse(network, signal, async (exchange) => {
		await dial(network, { host: address, port }, exchange);
	});
	const { phases } = result.seen;
	return { outcome: "failure" in result ? { kind: "failed", failure: result.failure } : { kind: "ok" }, phases };
};
