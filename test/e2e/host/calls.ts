import type { IpcMainInvokeEvent } from "electron";

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;
type Pages = (request: Request) => Response | Promise<Response>;

/** Who answers pages: each channel once, and the scheme. */
export const handlers = new Map<string, Handler>();
let pages: Pages | undefined;

export function answerPages(handler: Pages): void {
	pages = handler;
}

/** Answers for a page as the handler of its scheme does. */
export async function pageFor(request: Request): Promise<Response> {
	if (!pages) throw new Error("nobody answers for app:");
	return await pages(request);
}

/** Calls a handler as a page at that address would; what goes over is cloned, both ways. */
export async function called(
	channel: string,
	args: unknown[],
	sender: unknown,
	frame: { readonly url: string; readonly parent?: unknown },
): Promise<unknown> {
	const handler = handlers.get(channel);
	if (!handler) throw new Error(`No handler registered for '${channel}'`);
	const event = { sender, senderFrame: { parent: null, ...frame } } as unknown as IpcMainInvokeEvent;
	return structuredClone(await handler(event, ...(structuredClone(args) as unknown[])));
}
