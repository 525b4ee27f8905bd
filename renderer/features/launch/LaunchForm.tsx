import { Button, VisuallyHidden } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import type { ApiError } from '../../../shared/api.ts'
import type { Chain } from '../../../shared/chain.ts'
import type { MixEstimate } from '../../../shared/estimate.ts'
import { formatCount, MICROS_PER_USD } from '../../../shared/format.ts'
import type { LaunchOptions } from '../../../shared/run.ts'
import { host } from '../../lib/host.ts'
import { modifierKey } from '../../lib/modifierKey.ts'
import { openParams } from '../../lib/paramValues.ts'
import { previewPrice } from '../../lib/previewText.ts'
import { problemsWithTiers } from '../../lib/problemsWithTiers.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import { useWorkerStore } from '../../stores/workerStore.ts'
import { ApiErrorNotice } from '../../ui/ApiErrorNotice.tsx'
import type { PreviewState as RunPreviewState } from '../../ui/useRunPreview.ts'
import { ChainProblems } from './ChainProblems.tsx'
import { EstimateCard } from './estimate/EstimateCard.tsx'
import { atEstimate } from './estimate/estimateText.ts'
import { useEstimate } from './estimate/useEstimate.ts'
import { LaunchOptionsForm } from './LaunchOptionsForm.tsx'
import { LaunchPlan } from './LaunchPlan.tsx'
import classes from './LaunchScreen.module.css'
import { launchBlock } from './launchBlock.ts'
import { defaultOutput, itemsToRun, optionsOf, ownSink, stageTiers, withTiers } from './launchDraft.ts'
import { selectDraft, useLaunchStore } from './launchStore.ts'
import { SourcePanel } from './SourcePanel.tsx'
import { growsFor } from './sourceOfPath.ts'
import { useLaunchPreview } from './useLaunchPreview.ts'
import { useSourcePreview } from './useSourcePreview.ts'

interface LaunchFormProps {
  readonly file: string
  readonly chain: Chain
}

export function LaunchForm({ file, chain }: LaunchFormProps) {
  const draft = useLaunchStore(selectDraft(file))
  const change = useLaunchStore((state) => state.change)
  const parsed = useChainStore((state) => state.parsed)
  const tiers = useHostStore((state) => state.tiers)
  const workers = useWorkerStore((state) => state.workers)
  const source = draft.source ?? chain.source ?? null
  const preview = useSourcePreview(source)
  const [launching, setLaunching] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)

  const items = itemsToRun(draft, preview.status === 'ready' ? preview.preview.total : null)
  const problems = problemsWithTiers(parsed.problems, draft.tiers, tiers)
  const block = launchBlock({
    problems,
    preview,
    items,
    output: ownSink(draft, chain) === null ? (draft.output ?? defaultOutput(chain, file)) : null,
    params: openParams(chain, draft.params),
  })
  const isBlocked = block !== null || launching
  const grows = source !== null && growsFor(source)
  const estimate = useEstimate(file, block === null && !grows ? optionsOf(draft, chain, file) : null)
  const asked = useLaunchPreview(
    block === null && !grows ? optionsOf(draft, chain, file) : null,
    preview.status === 'ready' ? preview.preview : null,
    estimate.estimate?.id ?? '',
  )
  const plan = asked.status === 'ready' ? { ...asked, preview: atEstimate(asked.preview, estimate.mix) } : asked

  async function launch(): Promise<void> {
    if (isBlocked) return
    setLaunching(true)
    setError(null)
    await useChainStore.getState().flush()
    const { text } = useChainStore.getState()
    const options = { ...optionsOf(draft, chain, file), ...expectedItem(estimate.mix) }
    const reply = await host.call('runs.launch', { text, file, options })
    setLaunching(false)
    if (reply.ok) useViewStore.getState().showRun(reply.value.run)
    else setError(reply.error)
  }
  // Also while typing in a field.
  useHotkeys([['mod+shift+Enter', () => void launch()]], [])

  return (
    <div className={classes.root}>
      <div className={classes.page}>
        <h1 className={classes.title}>Launch {chain.name ?? file}</h1>
        {chain.description !== undefined && <p className={classes.description}>{chain.description}</p>}
        <ChainProblems problems={problems} />
        {block === null && !grows && (
          <EstimateCard
            view={estimate}
            onMix={({ tiers }) => change(file, withTiers(draft, stageTiers(draft, chain, workers), tiers))}
          />
        )}
        <div className={classes.columns}>
          <SourcePanel
            source={source}
            isChanged={draft.source !== null}
            preview={preview}
            onSource={(source) => change(file, { source })}
            onAgain={preview.again}
          />
          <LaunchOptionsForm chain={chain} file={file} draft={draft} onChange={(next) => change(file, next)} />
        </div>
      </div>
      <footer className={classes.foot}>
        {error !== null && (
          <div className={classes.error}>
            <ApiErrorNotice error={error} />
          </div>
        )}
        <div className={classes.summary}>
          {block ?? <LaunchPlan chain={chain} draft={draft} plan={plan} grows={grows} />}
        </div>
        <Button
          variant="filled"
          size="md"
          leftSection={<IconPlayerPlay size={16} stroke={1.5} />}
          disabled={isBlocked}
          loading={launching}
          onClick={() => void launch()}
        >
          {grows ? 'Launch and watch' : <LaunchWords items={items} price={priceOf(plan)} />}
          <kbd aria-hidden className={classes.keys}>
            {modifierKey()}⇧⏎
          </kbd>
        </Button>
      </footer>
    </div>
  )
}

/** `Launch 1,204 · ≈ $4.70`; what is counted is said to those who do not see what is above it. */
function LaunchWords({ items, price }: { readonly items: number | null; readonly price: string | null }) {
  if (items === null) return 'Launch'
  return (
    <span className="tabular">
      Launch {formatCount(items)}
      <VisuallyHidden component="span"> {items === 1 ? 'item' : 'items'}</VisuallyHidden>
      {price !== null && ` · ${price}`}
    </span>
  )
}

/** null: it is not worked out (yet), or there is nothing to pay for. */
function priceOf(plan: RunPreviewState): string | null {
  if (plan.status !== 'ready') return null
  const { calls, remembered, simulated } = plan.preview
  if (calls + remembered === 0) return null
  return `${previewPrice(plan.preview)}${simulated && calls > 0 ? ' play money' : ''}`
}

/** What an item may well cost, for the tripwire of cost; nothing where that is only roughly known. */
function expectedItem(mix: MixEstimate | null): Pick<LaunchOptions, 'expectedItemUsd'> {
  if (mix === null || mix.basis === 'rough' || mix.simulated || mix.items === 0) return {}
  const micros = mix.costMicros?.p90 ?? 0
  return micros === 0 ? {} : { expectedItemUsd: micros / mix.items / MICROS_PER_USD }
}
