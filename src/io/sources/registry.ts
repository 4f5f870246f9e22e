import type { SourceFormat } from "../../core/check.ts";
import { apple } from "./formats/apple.ts";
import { aws } from "./formats/aws.ts";
import { azure } from "./formats/azure.ts";
import { betterstack } from "./formats/betterstack.ts";
import { cachet } from "./formats/cachet.ts";
import { checkly } from "./formats/checkly.ts";
import { cstate } from "./formats/cstate.ts";
import { feed } from "./formats/feed.ts";
import { google } from "./formats/google.ts";
import { heroku } from "./formats/heroku.ts";
import { incidentio } from "./formats/incidentio.ts";
import { instatus } from "./formats/instatus.ts";
import { meta } from "./formats/meta.ts";
import { microsoft } from "./formats/microsoft.ts";
import { pagerduty } from "./formats/pagerduty.ts";
import { salesforce } from "./formats/salesforce.ts";
import { signal } from "./formats/signal.ts";
import { slack } from "./formats/slack.ts";
import { sorry } from "./formats/sorry.ts";
import { statuscast } from "./formats/statuscast.ts";
import { statushub } from "./formats/statushub.ts";
import { statusio } from "./formats/statusio.ts";
import { statuspage } from "./formats/statuspage.ts";
import { statuspal } from "./formats/statuspal.ts";
import { upptime } from "./formats/upptime.ts";
import { uptimecom } from "./formats/uptimecom.ts";
import { uptimekuma } from "./formats/uptimekuma.ts";
import { uptimerobot } from "./formats/uptimerobot.ts";
import type { Source } from "./source.ts";

/** Every format there is, in the order in which an unexpected answer is tried: any feed fits the last. */
export const SOURCES = {
	statuspage,
	incidentio,
	instatus,
	betterstack,
	statusio,
	cachet,
	cstate,
	checkly,
	statuspal,
	sorry,
	statushub,
	pagerduty,
	uptimekuma,
	upptime,
	uptimecom,
	uptimerobot,
	slack,
	google,
	apple,
	aws,
	microsoft,
	meta,
	salesforce,
	heroku,
	signal,
	azure,
	statuscast,
	feed,
} satisfies Readonly<Record<SourceFormat, Source>>;
