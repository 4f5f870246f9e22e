import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Box, popoverPosition } from "../../src/main/position.ts";

const SIZE = { width: 380, height: 480 };
const BOUNDS = { x: 0, y: 0, width: 1920, height: 1080 };
const NOWHERE = { x: 0, y: 0, width: 0, height: 0 };

/** A screen whose task bar, 40 wide, is on that side. */
function display(side: "top" | "bottom" | "left" | "right", bounds: Box = BOUNDS) {
	const { x, y, width, height } = bounds;
	const workArea = {
		top: { x, y: y + 40, width, height: height - 40 },
		bottom: { x, y, width, height: height - 40 },
		left: { x: x + 40, y, width: width - 40, height },
		right: { x, y, width: width - 40, height },
	}[side];
	return { bounds, workArea };
}

describe("the popover is beside the icon", () => {
	test.each([
		["bottom", { x: 1000, y: 1050, width: 24, height: 24 }, { x: 822, y: 556 }],
		["top", { x: 1000, y: 8, width: 24, height: 24 }, { x: 822, y: 44 }],
		["left", { x: 8, y: 500, width: 24, height: 24 }, { x: 44, y: 272 }],
		["right", { x: 1888, y: 500, width: 24, height: 24 }, { x: 1496, y: 272 }],
	] as const)("with the task bar at the %s", (side, icon, expected) => {
		expect(popoverPosition({ icon, size: SIZE, display: display(side) })).toEqual(expected);
	});

	test("on a second screen to the left of the first", () => {
		const left = { x: -2560, y: -300, width: 2560, height: 1440 };
		const icon = { x: -100, y: 1110, width: 24, height: 24 };
		const { x, y } = popoverPosition({ icon, size: SIZE, display: display("bottom", left) });
		expect({ x, y }).toEqual({ x: -384, y: 616 });
	});

	test("in the corner next to the task bar, where nobody knows the icon", () => {
		expect(popoverPosition({ icon: NOWHERE, size: SIZE, display: display("bottom") })).toEqual({ x: 1536, y: 556 });
		expect(popoverPosition({ icon: NOWHERE, size: SIZE, display: display("top") })).toEqual({ x: 1536, y: 44 });
	});

	test("wholly on the screen, wherever icon and bar are; on one too small its beginning is", () => {
		const number = fc.integer({ min: -4000, max: 4000 });
		fc.assert(
			fc.property(
				fc.constantFrom("top", "bottom", "left", "right"),
				fc.record({
					x: number,
					y: number,
					width: fc.integer({ min: 0, max: 60 }),
					height: fc.integer({ min: 0, max: 60 }),
				}),
				fc.record({
					x: number,
					y: number,
					width: fc.integer({ min: 200, max: 4000 }),
					height: fc.integer({ min: 200, max: 4000 }),
				}),
				(side, icon, bounds) => {
					const on = display(side, bounds);
					const { x, y } = popoverPosition({ icon, size: SIZE, display: on });
					const { workArea } = on;
					expect(x).toBeGreaterThanOrEqual(workArea.x + 4);
					expect(y).toBeGreaterThanOrEqual(workArea.y + 4);
					if (workArea.width >= 388) expect(x + 380).toBeLessThanOrEqual(workArea.x + workArea.width - 4);
					if (workArea.height >= 488) expect(y + 480).toBeLessThanOrEqual(workArea.y + workArea.height - 4);
				},
			),
		);
	});
});
