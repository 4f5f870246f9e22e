import { About } from "./about.tsx";
import { Data } from "./data.tsx";
import { General } from "./general.tsx";
import { Managed } from "./managed.tsx";
import { Network } from "./network.tsx";
import { Notifications } from "./notifications.tsx";
import { Own } from "./own.tsx";
import { Services } from "./services.tsx";

/** The pages of the settings, in their order. */
export const SECTIONS = {
	services: Services,
	own: Own,
	notifications: Notifications,
	network: Network,
	general: General,
	data: Data,
	managed: Managed,
	about: About,
} as const;

export type SectionName = keyof typeof SECTIONS;

export const SECTION_NAMES = Object.keys(SECTIONS) as readonly SectionName[];
