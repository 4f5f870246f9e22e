import type { Notification, NotificationConstructorOptions } from "electron";

type Shown = Pick<Notification, "show" | "close" | "on">;

/** What notifications need of Electron. */
export interface NotificationParts {
	create(options: NotificationConstructorOptions): Shown;
	isSupported(): boolean;
	readonly platform: NodeJS.Platform;
}

/** A button, where the system has them. */
export interface NotificationAction {
	readonly label: string;
	run(): void;
}

export interface NotificationContent {
	/** What comes later with the same id takes its place. */
	readonly id: string;
	readonly title: string;
	readonly body: string;
	readonly quiet: boolean;
	readonly actions: readonly NotificationAction[];
	onClick(): void;
}

/** Some systems say neither that they showed it nor that they did not: after this time, ms, it counts as shown. */
const SILENCE_MS = 3_000;
const MOST_KEPT = 50;

/** The system's own notifications; one on the screen for each id. */
export class Notifications {
	readonly #parts: NotificationParts;
	/** Kept, since one that is collected as garbage tells of no click. */
	readonly #kept = new Map<string, Shown>();

	constructor(parts: NotificationParts) {
		this.#parts = parts;
	}

	/** Resolves once the system has taken it; rejects with its reason where it has not. */
	async show(content: NotificationContent): Promise<void> {
		const { id, title, body, quiet, actions } = content;
		if (!this.#parts.isSupported()) throw new Error("this system shows no notifications");
		// Windows and macOS put the new one in the old one's place; elsewhere there would be two
		if (this.#parts.platform === "linux") this.#kept.get(id)?.close();
		const hasButtons = this.#parts.platform !== "linux";
		const notification = this.#parts.create({
			id,
			groupId: "semaforo",
			title,
			body,
			silent: quiet,
			...(hasButtons && { actions: actions.map(({ label }) => ({ type: "button", text: label })) }),
		});
		this.#keep(id, notification);
		notification.on("click", () => content.onClick());
		notification.on("action", ({ actionIndex }) => actions[actionIndex]?.run());
		await taken(notification);
	}

	#keep(id: string, notification: Shown): void {
		this.#kept.delete(id);
		this.#kept.set(id, notification);
		const [oldest] = this.#kept.keys();
		if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
	}
}

function taken(notification: Shown): Promise<void> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(resolve, SILENCE_MS);
		notification.on("show", () => {
			clearTimeout(timer);
			resolve();
		});
		notification.on("failed", (_, error) => {
			clearTimeout(timer);
			reject(new Error(error));
		});
		notification.show();
	});
}
