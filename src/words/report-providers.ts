import type { ReportsProvider } from "../core/check.ts";

/** How those call themselves who tell what others report. */
export const REPORT_PROVIDERS = {
	downdetector: "Downdetector",
	statusgator: "StatusGator",
	isdown: "IsDown",
	radar: "Cloudflare Radar",
	ioda: "IODA",
} satisfies Record<ReportsProvider, string>;
