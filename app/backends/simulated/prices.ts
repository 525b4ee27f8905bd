import type { Price } from '../../../shared/tier.ts'

/** Play money, in the proportions of real price lists: a local model costs next to nothing, the best one the most. */
export const SIMULATED_PRICES: Record<string, Price> = {
  'simulated-local': { input: 0.02, output: 0.06 },
  'simulated-standard': { input: 1, output: 4 },
  'simulated-frontier': { input: 5, output: 20 },
}
