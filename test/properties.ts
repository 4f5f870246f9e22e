import fc from "fast-check";

/**
 * Properties try the same cases each time, so that a red build speaks of the change and not of the dice. `SEED=random npx vitest
 * run` throws them anew, and `SEED=<number>` repeats a throw.
 */
const { SEED = "20190703" } = process.env;

if (SEED !== "random") fc.configureGlobal({ seed: Number(SEED) });
