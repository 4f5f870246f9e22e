import type { Clock } from "../engine/ports.ts";

/** At most twice a second: nobody reads faster. */
const PAINT_EVERY_MS = 500;

/** Calls `paint` soon after something changed, however often that is. */
export function createPainter(clock: Clock, paint: () => void): { changed(): void; end(): void } {
	let cancel: (() => void) | undefined;
	return {
		changed() {
			cancel ??= clock.wakeAt(clock.now() + PAINT_EVERY_MS, () => {
				cancel = undefined;
				paint();
			});
		},
		end() {
			cancel?.();
		},
	};
}
