import { describe, expect, test } from "vitest";
import { CONNECTION_GRACE_MS, connectionNotice } from "../../src/core/connection-notice.ts";
import type { Connection } from "../../src/core/state.ts";
import { MINUTE, T0 } from "../helpers/evidence.ts";

describe("the notice of the connection", () => {
	const connection = (more: Partial<Connection>): Connection => ({
		state: "trouble",
		passed: 0,
		failed: [],
		since: T0,
		...more,
	});
	const told = { cause: "dns", since: T0 - MINUTE } as const;

	test("comes after three quarters of a minute of trouble, not before", () => {
		const lost = connection({ cause: "captive_portal" });
		expect(connectionNotice(lost, undefined, T0 + CONNECTION_GRACE_MS - 1)).toBeUndefined();
		expect(connectionNotice(lost, undefined, T0 + CONNECTION_GRACE_MS)).toEqual({
			kind: "connection_lost",
			at: T0 + CONNECTION_GRACE_MS,
			cause: "captive_portal",
			since: T0,
		});
	});

	test("comes once: while people know, nothing more is said", () => {
		expect(connectionNotice(connection({}), told, T0 + 60 * MINUTE)).toBeUndefined();
	});

	test("says that it is back to those who were told, since when it had been lost and until when", () => {
		expect(connectionNotice(connection({ state: "online" }), told, T0 + MINUTE)).toEqual({
			kind: "connection_back",
			at: T0 + MINUTE,
			...told,
			until: T0,
		});
		expect(connectionNotice(connection({ state: "online" }), undefined, T0 + MINUTE)).toBeUndefined();
	});

	test("says nothing while it is not known how the connection is", () => {
		expect(connectionNotice(connection({ state: "unknown" }), undefined, T0 + 60 * MINUTE)).toBeUndefined();
		expect(connectionNotice(connection({ state: "unknown" }), told, T0 + 60 * MINUTE)).toBeUndefined();
	});

	test("does without a cause where none is known", () => {
		expect(connectionNotice(connection({}), undefined, T0 + MINUTE)?.cause).toBe("unknown");
	});
});
