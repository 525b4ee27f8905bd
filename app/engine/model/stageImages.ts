import type { Failure } from '../../../shared/failure.ts'
import type { Json } from '../../../shared/json.ts'
import type { Scope } from '../../core/expression.ts'
import type { PlannedModelStage } from '../../core/plan.ts'
import type { ImageData } from '../../ports/backend.ts'
import type { ModelCalls } from './modelCell.ts'

/** They stand in memory until the answer has come. */
const MAX_IMAGES = 50

export type ImagesRead =
  | { readonly ok: true; readonly images: readonly ImageData[] }
  | { readonly ok: false; readonly failure: Failure }

/** Reads the images of one item: `images` gives a path or a list of paths; nothing and empty text are none. */
export async function stageImages(
  stage: PlannedModelStage,
  scope: Scope,
  calls: Pick<ModelCalls, 'images' | 'sourceFolder'>,
): Promise<ImagesRead> {
  if (stage.images === null) return { ok: true, images: [] }
  const evaluated = await stage.images.evaluate(scope)
  if (!evaluated.ok) return evaluated
  const paths = pathsIn(evaluated.value)
  if (paths === null)
    return refuse(
      `\`images\` must give a path or a list of paths, not ${JSON.stringify(evaluated.value).slice(0, 100)}.`,
    )
  if (paths.length > MAX_IMAGES) return refuse(`\`images\` gives ${paths.length} paths; ${MAX_IMAGES} are the most.`)
  const images: ImageData[] = []
  for (const path of paths) {
    const read = await calls.images.read(path, calls.sourceFolder)
    if (!read.ok) return read
    images.push(read.image)
  }
  return { ok: true, images }
}

/** null: it is something else. */
function pathsIn(value: Json): readonly string[] | null {
  const all: readonly Json[] = Array.isArray(value) ? (value as readonly Json[]) : [value]
  const given = all.filter((entry) => entry !== null && entry !== '')
  return given.every((entry) => typeof entry === 'string') ? given : null
}

function refuse(message: string): ImagesRead {
  return { ok: false, failure: { kind: 'invalid_input', message } }
}
