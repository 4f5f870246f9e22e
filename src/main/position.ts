/** In pixels of the screen that do not depend on its density, as Electron counts. */
export interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

export interface Place {
	/** Where the icon is; all zeros where the system does not say. */
	readonly icon: Box;
	readonly size: Pick<Box, "width" | "height">;
	readonly display: { readonly bounds: Box; readonly workArea: Box };
}

const GAP = 4;

/** Where the popover goes: beside the icon, on whichever side of the screen the task bar is, and wholly on the screen. */
export function popoverPosition({ icon, size, display }: Place): Pick<Box, "x" | "y"> {
	const { workArea } = display;
	const side = barSide(display);
	const hasIcon = icon.width > 0 && icon.height > 0;
	const middle = hasIcon
		? { x: icon.x + icon.width / 2 - size.width / 2, y: icon.y + icon.height / 2 - size.height / 2 }
		: { x: right(workArea), y: side === "top" ? workArea.y : bottom(workArea) };
	const beside = {
		top: { x: middle.x, y: workArea.y + GAP },
		bottom: { x: middle.x, y: bottom(workArea) - size.height - GAP },
		left: { x: workArea.x + GAP, y: middle.y },
		right: { x: right(workArea) - size.width - GAP, y: middle.y },
	}[side];
	return {
		x: within(beside.x, workArea.x + GAP, right(workArea) - size.width - GAP),
		y: within(beside.y, workArea.y + GAP, bottom(workArea) - size.height - GAP),
	};
}

type Side = "top" | "bottom" | "left" | "right";

/** The side that the system keeps free the most; a bar that hides itself leaves nothing, and is taken to be at the bottom. */
function barSide({ bounds, workArea }: Place["display"]): Side {
	const kept: readonly (readonly [Side, number])[] = [
		["bottom", bottom(bounds) - bottom(workArea)],
		["top", workArea.y - bounds.y],
		["left", workArea.x - bounds.x],
		["right", right(bounds) - right(workArea)],
	];
	return kept.reduce((most, each) => (each[1] > most[1] ? each : most))[0];
}

function right({ x, width }: Box): number {
	return x + width;
}

function bottom({ y, height }: Box): number {
	return y + height;
}

/** The lower bound wins: on a screen too small, the beginning of the window is seen. */
function within(value: number, low: number, high: number): number {
	return Math.round(Math.max(low, Math.min(value, high)));
}
