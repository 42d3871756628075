import type { Case } from "../case";
import { cluster } from "./cluster";
import { network } from "./network";
import { storage } from "./storage";
import { workloads } from "./workloads";

/** Changes that an API server answers by itself. */
export const cases: readonly Case[] = [...workloads, ...storage, ...network, ...cluster];
