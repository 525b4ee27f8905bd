import type { Chain } from '../../../shared/chain.ts'
import { parseChain, placeInText } from '../../../shared/chainDocument.ts'
import type { Problem } from '../../../shared/problem.ts'
import { ask } from '../ask.ts'
import { placeChain, problemLines, readChainText } from '../chainFile.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { openApp } from '../openApp.ts'
import { countText } from '../spend.ts'
import { note, print } from '../standardStreams.ts'

/** Tiers that every workspace has, whatever its jacquard.yaml says. */
const BUILT_IN_TIERS = ['local', 'standard', 'frontier']

export async function validate(
  given: readonly string[],
  flags: { readonly json?: true; readonly workspace?: string },
): Promise<ExitCode> {
  const checked = []
  for (const path of given) {
    const place = placeChain(path, flags.workspace)
    const text = await readChainText(place.path)
    const { chain, problems } = parseChain(text)
    const ofTiers = chain === null ? [] : await tierProblems({ chain, text, workspace: place.workspace })
    checked.push({ file: place.shown, problems: [...problems, ...ofTiers] })
  }
  const all = checked.flatMap(({ problems }) => problems)
  const errors = all.filter(({ severity }) => severity === 'error').length
  if (flags.json === true) {
    const document = checked.map(({ file, problems }) => ({ file, valid: problems.every(isWarning), problems }))
    await print(`${JSON.stringify(document)}\n`)
  } else {
    for (const { file, problems } of checked) for (const line of problemLines(problems, file)) await print(`${line}\n`)
    const warnings = countText(all.length - errors, 'warning')
    note(
      errors === 0
        ? `${countText(given.length, 'chain')} valid, ${warnings}`
        : `${countText(errors, 'error')}, ${warnings}`,
    )
  }
  return errors === 0 ? EXIT.ok : EXIT.refused
}

/** Only the workspace knows further tiers; it is opened only for a chain that names one. */
async function tierProblems(given: { chain: Chain; text: string; workspace: string }): Promise<Problem[]> {
  const { chain, text, workspace } = given
  const named = Object.entries(chain.stages).flatMap(([id, stage]) =>
    stage.kind === 'model' && stage.tier !== undefined && !BUILT_IN_TIERS.includes(stage.tier)
      ? [{ id, tier: stage.tier }]
      : [],
  )
  if (named.length === 0) return []
  const app = await openApp({ workspace, host: 'cli' })
  try {
    const known = (await ask(app, 'tiers.list', {})).map(({ name }) => name)
    return named
      .filter(({ tier }) => !known.includes(tier))
      .map(({ id, tier }) => ({
        severity: 'error',
        path: ['stages', id, 'tier'],
        ...placeInText(text, ['stages', id, 'tier']),
        message: `There is no tier \`${tier}\`. The workspace has: ${known.join(', ')}; more are bound in its jacquard.yaml.`,
      }))
  } finally {
    await app.close()
  }
}

function isWarning({ severity }: Problem): boolean {
  return severity === 'warning'
}
