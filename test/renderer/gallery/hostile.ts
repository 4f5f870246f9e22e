import type { Snapshot } from "../../../src/core/snapshot.ts";
import type { Reason } from "../../../src/core/verdict.ts";
import { broken, incident, MINUTE, NOW, service, snapshot } from "./build.ts";

/** Without a place to break it, and with marks that turn the rest of the line around. */
const ENDLESS = "A".repeat(1_000_000);
const TURNED = "\u202Egnp.exe\u2066\u2067 \u200F";
const SCRIPT = '<img src=x onerror="document.title=\'taken\'"><script>document.title="taken"</script>';

/** Names, titles and pages as somebody would write them who wants to take a window over, or to make it useless. */
export function hostile(): Snapshot {
	const reasons: Reason[] = [
		{ kind: "official", page: SCRIPT, level: "major_outage", title: ENDLESS, whole: true, at: NOW - MINUTE },
		{
			kind: "official",
			page: "P",
			level: "major_outage",
			title: `${TURNED}{{page}} $t(level.unknown) ${SCRIPT}`,
			whole: true,
			at: NOW,
		},
		{ kind: "reports", perHour: 9, baseline: 1, regions: [ENDLESS], at: NOW },
	];
	const named = [
		["endless", ENDLESS],
		["script", SCRIPT],
		["turned", `${TURNED}Bank`],
		["arabic", "مرحبا بالعالم"],
		["pictures", "🧾".repeat(500)],
		["nameless", ""],
	].map(([id = "", name = ""]) => service(id, { web: broken(id, "major_outage", { reasons }) }, { name }));
	return snapshot(named, {
		incidents: named.map((each) => incident(each.id, [each], { admitted: { at: NOW - MINUTE, page: ENDLESS } })),
	});
}
