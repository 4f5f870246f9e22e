import type { Notice } from "../core/notice.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Wish } from "../core/wishes.ts";
import type { About, WindowName } from "../ipc/contract.ts";
import type { AppSettings } from "../ipc/settings.ts";
import { noticeText } from "../words/notices.ts";
import { whereSeen } from "../words/where.ts";
import type { Words } from "../words/words.ts";
import { isQuiet, notificationId, safeText } from "./notification-text.ts";
import type { NotificationAction, NotificationContent } from "./notifications.ts";

const HOUR_MS = 3_600_000;

/** What a notification's click and buttons do. */
export interface NoticeActs {
	open(window: WindowName, about?: About): void;
	show(): void;
	wish(wish: Wish): void;
	now(): number;
}

/** How this system shows it, and what it sounds like. */
interface NoticeManner extends Pick<AppSettings, "sound"> {
	readonly platform: NodeJS.Platform;
}

/** A notice as the system shows it. */
export function contentOf(
	notice: Notice,
	snapshot: Snapshot,
	words: Words,
	{ platform, sound }: NoticeManner,
	acts: NoticeActs,
): NotificationContent {
	const where = "incident" in notice ? whereSeen(notice.features, snapshot, words) : undefined;
	return {
		id: notificationId(notice),
		...safeText(noticeText(notice, words, snapshot.names, where), platform),
		quiet: isQuiet(notice, sound),
		actions: actionsFor(notice, words, acts),
		onClick: () => ("incident" in notice ? acts.open("details", { incident: notice.incident }) : acts.show()),
	};
}

/** While it goes on. The buttons act on every service that the notice names. */
function actionsFor(notice: Notice, words: Words, acts: NoticeActs): readonly NotificationAction[] {
	if (!("incident" in notice) || notice.kind === "closed") return [];
	const services = [...new Set(notice.features.map(({ service }) => service))];
	const forEach = (wish: (service: string) => Wish) => () => {
		for (const service of services) acts.wish(wish(service));
	};
	return [
		{
			label: words.t("app.details"),
			run: () => acts.open("details", { incident: notice.incident }),
		},
		{
			label: words.t("app.muteService"),
			run: forEach((service) => ({ kind: "muted", service, until: acts.now() + HOUR_MS })),
		},
		{ label: words.t("app.tellMe"), run: forEach((service) => ({ kind: "back_wanted", service })) },
	];
}
