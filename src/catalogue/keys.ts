/**
 * Public keys whose updates every copy of this program believes. The project has no key yet, so there is none: updates are
 * believed only where the settings name the key of whoever signs them.
 */
export const BUILT_IN_KEYS: readonly string[] = [];
