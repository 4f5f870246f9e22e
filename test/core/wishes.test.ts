import { expect, test } from "vitest";
import { createState } from "../../src/core/state.ts";
import { granted, type Wish } from "../../src/core/wishes.ts";
import { T0 } from "../helpers/evidence.ts";
import { watched } from "../helpers/watched.ts";

const { service, checks } = watched("wa", { features: { feed: ["a.wa"] } });
const STATE = createState({ services: [service], checks, now: T0, seed: 1 });
const muted = (...wishes: Wish[]) => wishes.reduce(granted, STATE).desk.mutes;

test("a mute is granted to a service that is watched, and to everything; of one that is not it changes nothing", () => {
	expect(muted({ kind: "muted", service: "wa", until: T0 + 1 })).toMatchObject([{ service: "wa" }]);
	expect(muted({ kind: "muted", until: T0 + 1 })).toEqual([{ until: { kind: "time", at: T0 + 1 } }]);
	expect(granted(STATE, { kind: "muted", service: "ig", until: T0 + 1 })).toBe(STATE);
	expect(muted({ kind: "muted", until: T0 + 1 }, { kind: "unmuted" })).toEqual([]);
});

test("who no longer wants to know when a service is back waits for the others still", () => {
	const awaited = ["wa", "ig"].map((id) => ({ service: id, features: [], since: T0 }));
	const waiting = { ...STATE, desk: { ...STATE.desk, awaited } };
	expect(granted(waiting, { kind: "back_unwanted", service: "wa" }).desk.awaited).toEqual([awaited[1]]);
});
