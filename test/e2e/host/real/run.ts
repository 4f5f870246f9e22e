import { drive } from "../drive.ts";
import { ordersIn } from "../orders.ts";
import { witnessElectron } from "./witness.ts";

/** The main file that real Electron is started with: the built main under test, with somebody who looks on. */
const witness = witnessElectron();
// asked for from outside, once it is there
Object.assign(globalThis, { semaforoOps: await drive(witness, ordersIn(process.env)) });
