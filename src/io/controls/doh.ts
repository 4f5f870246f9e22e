import { failure } from "../../core/failure.ts";
import { askDoh } from "../network/doh.ts";
import { converse } from "../network/exchange.ts";
import { Trouble } from "../network/failure-of.ts";
import type { Control, SpecOf } from "./control.ts";

/** Asks a DNS-over-HTTPS server at an address that needs no resolver. */
export const controlDoh: Control<SpecOf<"doh">> = async ({ url, addresses, name }, network, { signal, attempt }) => {
	const result = await converse(network, signal, async (exchange) => {
		const found = await askDoh(network, { url, addresses, name, family: 4, attempt }, exchange);
		if (found.length === 0) throw new Trouble(failure("unreadable", `${name}: an answer without addresses`));
	});
	const { phases } = result.seen;
	return { outcome: "failure" in result ? { kind: "failed", failure: result.failure } : { kind: "ok" }, phases };
};
