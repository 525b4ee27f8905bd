import type { Problem } from '../../../shared/problem.ts'
import { checkChainIn } from '../../index.ts'
import { placeChain, problemLines, readChainText } from '../chainFile.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { countText } from '../spend.ts'
import { note, print } from '../standardStreams.ts'

export async function validate(
  given: readonly string[],
  flags: { readonly json?: true; readonly workspace?: string },
): Promise<ExitCode> {
  const checked = []
  for (const path of given) {
    const place = placeChain(path, flags.workspace)
    const text = await readChainText(place.path)
    checked.push({ file: place.shown, problems: await checkChainIn(place.workspace, text, process.env) })
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

function isWarning({ severity }: Problem): boolean {
  return severity === 'warning'
}
