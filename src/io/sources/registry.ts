import type { SourceFormat } from "../../core/check.ts";
import { feed } from "./feed.ts";
import { incidentio } from "./incidentio.ts";
import { instatus } from "./instatus.ts";
import type { Source } from "./source.ts";
import { statuspage } from "./statuspage.ts";

/** Every format there is, in the order in which an unexpected answer is tried. */
export const SOURCES = { statuspage, incidentio, instatus, feed } satisfies Readonly<Record<SourceFormat, Source>>;
