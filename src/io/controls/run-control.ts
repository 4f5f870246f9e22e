import type { ControlKind, ControlSpec } from "../../core/check.ts";
import type { Control, SpecOf } from "./control.ts";
import { controlDns } from "./dns.ts";
import { controlDoh } from "./doh.ts";
import { controlHttp } from "./http.ts";
import { controlIp } from "./ip.ts";

const CONTROLS = { http: controlHttp, dns: controlDns, ip: controlIp, doh: controlDoh } satisfies {
	[Kind in ControlKind]: Control<SpecOf<Kind>>;
};

/** Runs a control of whatever kind. */
export const runControl: Control<ControlSpec> = (spec, network, run) =>
	(CONTROLS[spec.type] as Control<ControlSpec>)(spec, network, run);
