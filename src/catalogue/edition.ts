/**
 * Which state of knowledge this program ships with. The number only ever grows: the day of the state and two digits more, so that
 * an update can be told from what a newer program already knows.
 */
export const SHIPPED_EDITION = { version: 2026_11_22_01, madeAt: "2026-11-22T12:00:00Z" } as const;
