import { awaiting } from "./awaited.ts";
import type { ServiceId } from "./model.ts";
import { type MuteWish, withMute, withoutMute } from "./mutes.ts";
import { NOT_ASKED } from "./quiet-hours.ts";
import type { NotificationSettings } from "./settings.ts";
import type { State } from "./state.ts";

/** What people do that bears on notices. */
export type Wish =
	/** Nothing of this service, or of anything where none is named, until then. */
	| { readonly kind: "muted"; readonly service?: ServiceId; readonly until: MuteWish }
	/** All mutes where no service is named. */
	| { readonly kind: "unmuted"; readonly service?: ServiceId }
	/** "Tell me when it is back"; of a service that is well there is nothing to tell. */
	| { readonly kind: "back_wanted"; readonly service: ServiceId }
	| { readonly kind: "back_unwanted"; readonly service: ServiceId }
	/** Nobody is there, and somebody is again. */
	| { readonly kind: "locked" }
	| { readonly kind: "unlocked" }
	| { readonly kind: "notifications_changed"; readonly notifications: NotificationSettings };

/** The state once the wish is granted; the same where it asks for nothing new, or for a service that is not watched. */
export function granted(state: State, wish: Wish): State {
	const { desk, services } = state;
	if ("service" in wish && wish.service !== undefined && !services.has(wish.service)) return state;
	switch (wish.kind) {
		case "muted": {
			const { now, zoneOffsetAt } = state;
			const scene = { now, zoneOffsetAt, incidents: state.book.incidents };
			return { ...state, desk: { ...desk, mutes: withMute(desk.mutes, wish.service, wish.until, scene) } };
		}
		case "unmuted":
			return { ...state, desk: { ...desk, mutes: withoutMute(desk.mutes, wish.service) } };
		case "back_wanted":
			return { ...state, desk: { ...desk, awaited: awaiting(desk.awaited, wish.service, state.book.incidents) } };
		case "back_unwanted":
			return { ...state, desk: { ...desk, awaited: desk.awaited.filter(({ service }) => service !== wish.service) } };
		case "locked":
			return { ...state, locked: true };
		case "unlocked":
			return { ...state, locked: false };
		case "notifications_changed":
			return { ...state, notifications: wish.notifications, quiet: NOT_ASKED };
	}
}
