import type { IpcMain, WebContents } from "electron";
import { CALLS, type Call, type Calls, type EventName, type Events } from "../ipc/contract.ts";
import { isOwnPage } from "./app-pages.ts";
import { ARGUMENTS } from "./arguments.ts";

/** Who asks. */
type Asker = WebContents;

/** An answer to every call: one that is missing does not compile. */
export type Handlers = {
	readonly [C in Call]: (
		asker: Asker,
		...args: Parameters<Calls[C]>
	) => ReturnType<Calls[C]> | Promise<ReturnType<Calls[C]>>;
};

/** Answers our own pages, and nobody else; what is not understood reaches no handler. */
export function serve(ipcMain: Pick<IpcMain, "handle">, handlers: Handlers): void {
	for (const call of Object.keys(CALLS) as Call[]) {
		ipcMain.handle(call, (event, ...args: unknown[]) => {
			const { senderFrame: frame } = event;
			if (!frame || frame.parent || !isOwnPage(frame.url)) throw new Error(`${call}: not for this page`);
			const checked = ARGUMENTS[call].safeParse(args);
			if (!checked.success) throw new Error(`${call}: arguments not understood`);
			return (handlers[call] as (asker: Asker, ...args: unknown[]) => unknown)(event.sender, ...checked.data);
		});
	}
}

/** Tells a page, unless it is gone. */
export function tell<E extends EventName>(
	to: Pick<WebContents, "send" | "isDestroyed">,
	event: E,
	payload: Events[E],
): void {
	if (!to.isDestroyed()) to.send(event, payload);
}
