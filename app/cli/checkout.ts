import { fileURLToPath } from 'node:url'

/** The folder of the whole project. Its bundles lie as deep in it as this file: scripts/commandLine.mjs. */
export const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url))
