import { awaiting } from "../../src/core/awaited.ts";
import { consult, type Desk, deskBy, newDesk, type Scene } from "../../src/core/desk.ts";
import { openFeatures } from "../../src/core/incidents.ts";
import type { Level } from "../../src/core/level.ts";
import type { Mute, MuteWish } from "../../src/core/mutes.ts";
import { withMute, withoutMute } from "../../src/core/mutes.ts";
import type { Notice } from "../../src/core/notice.ts";
import type { NotificationRule } from "../../src/core/notice-rules.ts";
import type { Connection } from "../../src/core/state.ts";
import { plainDesk, readDesk } from "../../src/io/history/desk-shape.ts";
import { diary } from "./diary.ts";
import { SECOND, T0 } from "./evidence.ts";

export const META = { wa: "meta", ig: "meta", fb: "meta" };
const TICK = 10 * SECOND;

/** People with a desk, before whom things happen. Times are ms after T0; the desk is asked every ten seconds, as time goes by. */
export function household(blame: Record<string, string> = META, rules: readonly NotificationRule[] = []) {
	const it = diary(blame);
	let now = 0;
	let lookedAt = T0;
	let desk: Desk = newDesk(T0);
	let hush: Scene["hush"];
	let connection: Connection = { state: "online", passed: 6, failed: [], since: T0 };
	let unseen = new Set<string>();
	let clock = 0;
	let chosen = rules;
	const notices: Notice[] = [];

	const time = () => T0 + now + clock;
	function scene(): Scene {
		const { incidents } = it.book;
		const gap = time() - lookedAt;
		const troubled = incidents.flatMap(openFeatures);
		return {
			now: time(),
			connection,
			incidents,
			levelOf: (service, feature) =>
				troubled.find((held) => held.service === service && held.feature === feature)?.level ?? "operational",
			isSeen: (service) => !unseen.has(service),
			isSettled: () => false,
			rules: chosen,
			...(hush && { hush }),
			unseenMs: gap > 2 * 60 * SECOND ? gap : 0,
		};
	}
	function ask(): void {
		const said = consult(desk, scene());
		desk = said.desk;
		notices.push(...said.notices);
		if (connection.state === "online") lookedAt = time();
	}
	function until(at: number): void {
		while (now < at) {
			now = Math.min(at, (Math.floor(now / TICK) + 1) * TICK);
			ask();
		}
	}
	function happen(at: number, change: () => void): void {
		until(at);
		change();
		ask();
	}
	return {
		it,
		notices,
		until,
		desk: () => desk,
		write: (at: number, moved: Readonly<Record<string, Level>>) => happen(at, () => it.write(now + clock, moved)),
		mute: (at: number, wish: MuteWish, service?: string) =>
			happen(at, () => {
				const at = { now: time(), incidents: it.book.incidents, zoneOffsetAt: () => 0 };
				desk = { ...desk, mutes: withMute(desk.mutes, service, wish, at) };
			}),
		unmute: (at: number, service?: string) =>
			happen(at, () => {
				desk = { ...desk, mutes: withoutMute(desk.mutes, service) };
			}),
		wantBack: (at: number, service: string) =>
			happen(at, () => {
				desk = { ...desk, awaited: awaiting(desk.awaited, service, it.book.incidents) };
			}),
		hush: (at: number, why?: "quiet_hours" | "away", through?: NonNullable<Scene["hush"]>["through"]) =>
			happen(at, () => {
				hush = why && { why, ...(through && { through }) };
			}),
		connect: (at: number, state: Connection["state"]) =>
			happen(at, () => {
				if (state !== connection.state) {
					connection = { ...connection, state, since: time(), ...(state === "trouble" && { cause: "network" }) };
				}
			}),
		/** Services whose trouble is remembered but not seen. */
		lookAway: (...services: string[]) => {
			unseen = new Set(services);
		},
		/** Nothing is looked at until then. */
		sleep: (at: number) => {
			now = at;
		},
		want: (at: number, next: readonly NotificationRule[]) =>
			happen(at, () => {
				chosen = next;
			}),
		/** The program ends and begins again, with what it wrote down. */
		restart: () => {
			desk = deskBy(readDesk(JSON.parse(JSON.stringify(plainDesk(desk)))) as Desk, time(), time());
			lookedAt = time();
		},
		/** The clock is set back by so much; the book's own times are not. */
		setBack: (by: number) => {
			const from = time();
			clock -= by;
			desk = deskBy(desk, from, time());
			lookedAt = Math.min(lookedAt, time());
		},
		muted: (): readonly Mute[] => desk.mutes,
		/** `m:ss kind id: what it names`, one line a notice. */
		heard: () => notices.map(lineOf),
	};
}

function lineOf(notice: Notice): string {
	const seconds = Math.round((notice.at - T0) / SECOND);
	const time = `${Math.floor(seconds / 60)}:${String(Math.abs(seconds % 60)).padStart(2, "0")}`;
	switch (notice.kind) {
		case "connection_lost":
		case "connection_back":
			return `${time} ${notice.kind}`;
		case "back":
			return `${time} back ${notice.service}: ${notice.features.join(" ")}`;
		case "digest": {
			const items = notice.incidents.map(
				({ incident, closedAt, features }) =>
					`${incident}${closedAt === undefined ? "" : " over"} ${namesOf(features)}`,
			);
			return `${time} digest ${notice.why}: ${items.join(", ")}`;
		}
		default:
			return `${time} ${notice.kind} ${notice.incident}: ${namesOf(notice.features)}`;
	}
}

function namesOf(features: readonly { readonly service: string; readonly feature: string }[]): string {
	return features
		.map(({ service, feature }) => `${service}/${feature}`)
		.sort()
		.join(" ");
}
