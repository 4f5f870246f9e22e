import { type Failure, failure } from "../../core/failure.ts";
import type { AllowAddress } from "./dial.ts";
import { isPrivateAddress } from "./private-address.ts";

/**
 * For one page with all its redirects: what begins on the public Internet may not lead to this computer or its network. Somebody's
 * own page, which begins there, may.
 */
export function outsideGuard(): AllowAddress {
	let begins: "inside" | "outside" | undefined;
	return (address): Failure | undefined => {
		const isInside = isPrivateAddress(address);
		begins ??= isInside ? "inside" : "outside";
		if (!isInside || begins === "inside") return undefined;
		return failure("unreadable", `leads to ${address}, which is no public address`, { phase: "dns" });
	};
}
