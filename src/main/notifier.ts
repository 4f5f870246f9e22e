import type { TestResult } from "../ipc/answers.ts";
import type { Words } from "../words/words.ts";
import { safeText } from "./notification-text.ts";
import type { NotificationContent, Notifications } from "./notifications.ts";
import { type Troubles, wordsOf } from "./troubles.ts";

/** Shows notifications, and knows whether the last one was taken. */
export class Notifier {
	readonly #notifications: Notifications;
	readonly #troubles: Troubles;

	constructor(notifications: Notifications, troubles: Troubles) {
		this.#notifications = notifications;
		this.#troubles = troubles;
	}

	/** Rejects with the system's reason where it does not take it; that is a trouble until it takes one. */
	async show(content: NotificationContent): Promise<void> {
		try {
			await this.#notifications.show(content);
			this.#troubles.over("notifications");
		} catch (error) {
			this.#troubles.note("notifications", error);
			throw error;
		}
	}

	/** Shows one that says that it can be seen. */
	async test({ t }: Words, platform: NodeJS.Platform, onClick: () => void): Promise<TestResult> {
		const text = safeText({ title: t("app.test.title"), body: t("app.test.body") }, platform);
		try {
			await this.show({ id: "test", ...text, quiet: false, actions: [], onClick });
			return { shown: true };
		} catch (error) {
			return { shown: false, why: wordsOf(error) };
		}
	}
}
