import { failure } from "../../core/failure.ts";
import { converse } from "../network/exchange.ts";
import { Trouble } from "../network/failure-of.ts";
import type { Control, SpecOf } from "./control.ts";

/** Asks the system's resolver for a name whose addresses are published. Any one of them will do, another answer will not. */
export const controlDns: Control<SpecOf<"dns">> = async ({ name, addresses }, network, { signal }) => {
	const result = await converse(network, signal, async (exchange) => {
		const answered = await network.names.resolve(name, exchange);
		if (answered.some((address) => addresses.includes(address))) return;
		const words = `${name}: answered ${answered.join(", ")}, expected ${addresses.join(" or ")}`;
		throw new Trouble(failure("unreadable", words, { phase: "dns" }));
	});
	const { phases } = result.seen;
	return { outcome: "failure" in result ? { kind: "failed", failure: result.failure } : { kind: "ok" }, phases };
};
