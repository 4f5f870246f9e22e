import { consult, deskBy, type Scene } from "./desk.ts";
import type { Incident } from "./incidents.ts";
import { isProblem } from "./level.ts";
import type { Time } from "./model.ts";
import type { Notice } from "./notice.ts";
import { NOT_ASKED, type QuietSpell, quietAt } from "./quiet-hours.ts";
import { featureKey, type State } from "./state.ts";
import type { Standing } from "./verdict.ts";

/** The loop looks at least once a minute: looks further apart than this have seen nothing of the time between them. */
const UNSEEN_AFTER_MS = 2 * 60_000;

/** Something fails now; after a sleep or a restart nothing has been seen to fail yet. */
const SEEN: ReadonlySet<Standing> = new Set(["suspected", "proven"]);

/** Asks the desk what to say of a state, and remembers that it was said. */
export function notify(state: State): { state: State; notices: readonly Notice[] } {
	const { now, connection } = state;
	const quiet = quietNow(state);
	const lookedAt = connection.state === "online" ? now : state.lookedAt;
	const { desk, notices } = consult(state.desk, sceneOf(state, quiet, lookedAt - state.lookedAt));
	return { state: { ...state, desk, quiet, lookedAt }, notices };
}

/** The state with all that bears on notices under a clock that was set back to `now`. */
export function notifiedBy(state: State, now: Time): State {
	const desk = deskBy(state.desk, state.now, now);
	return { ...state, desk, quiet: NOT_ASKED, lookedAt: Math.min(state.lookedAt, now) };
}

function sceneOf(state: State, quiet: QuietSpell, sinceLookedMs: Time): Scene {
	const { now, connection, book, tracks, notifications, locked } = state;
	const through = notifications.quietHours?.through;
	return {
		now,
		connection,
		incidents: book.incidents,
		levelOf: (service, feature) => tracks.get(featureKey(service, feature))?.level,
		isSeen: (service, feature) => SEEN.has(tracks.get(featureKey(service, feature))?.verdict.standing ?? "none"),
		isSettled: (incident) => isSettled(state, incident),
		rules: notifications.rules,
		...(quiet.quiet && { hush: { why: "quiet_hours", ...(through && { through }) } }),
		...(locked && { hush: { why: "away" } }),
		unseenMs: sinceLookedMs > UNSEEN_AFTER_MS ? sinceLookedMs : 0,
	};
}

function quietNow({ now, quiet, notifications, zoneOffsetAt }: State): QuietSpell {
	return now < quiet.until ? quiet : quietAt(notifications.quietHours, now, zoneOffsetAt);
}

/** Nothing fails unproved of the services that the incident has, of its culprit, or behind it. */
function isSettled({ tracks, services }: State, { culprit, features }: Incident): boolean {
	const touched = new Set(features.map(({ service }) => service));
	return ![...tracks.values()].some(({ service, level, verdict }) => {
		if (verdict.standing !== "suspected" || isProblem(level)) return false;
		return touched.has(service) || services.get(service)?.owner.id === culprit || verdict.suspects.includes(culprit);
	});
}
