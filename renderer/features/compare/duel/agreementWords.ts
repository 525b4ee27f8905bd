import type { Agreement } from '../../../../shared/judging/kappa.ts'

/** How far a model agrees with the person, and what that is worth. `own`: pairs that the person has judged. */
export function agreementWords({ count, same, kappa, interval }: Agreement, own: number): string {
  if (own === 0) return 'Judge a few pairs yourself first: only by them can it be told how far it agrees with you.'
  if (count === 0) return 'It has not judged your pairs yet. It may judge others when it has.'
  const agreed = `It agrees with you on ${Math.round(same * count)} of ${count} ${count === 1 ? 'pair' : 'pairs'}`
  if (kappa === null || interval === null)
    return `${agreed}; whether beyond chance cannot be told while all verdicts are the same.`
  const { low, high } = interval
  const range = `kappa ${kappa.toFixed(2)}, 95 %: ${low.toFixed(2)} to ${high.toFixed(2)}`
  return low > 0 ? `${agreed} (${range}).` : `${agreed} (${range}): it may be no better than chance.`
}
