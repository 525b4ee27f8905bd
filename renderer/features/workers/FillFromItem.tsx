import { Button, Popover, Select } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { ApiError } from '../../../shared/api.ts'
import { parseChain } from '../../../shared/chainDocument.ts'
import type { SourcePreview } from '../../../shared/item.ts'
import type { Source } from '../../../shared/source.ts'
import { host } from '../../lib/host.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { useWorkerStore } from '../../stores/workerStore.ts'
import { useWorkerTestStore } from '../../stores/workerTestStore.ts'
import { ApiErrorNotice } from '../../ui/ApiErrorNotice.tsx'
import { type InputField, inputOfItem } from './inputForm.ts'
import classes from './WorkerTry.module.css'

interface FillFromItemProps {
  readonly file: string
  readonly fields: readonly InputField[] | null
}

/** Takes an item of a chain's source as the input of the try. */
export function FillFromItem({ file, fields }: FillFromItemProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={320} trapFocus>
      <Popover.Target>
        <Button
          size="xs"
          leftSection={<IconFileImport size={14} stroke={1.5} />}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          From an item…
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <ItemChooser file={file} fields={fields} onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

type Items =
  | { readonly status: 'none' }
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly source: Source; readonly preview: SourcePreview }
  | { readonly status: 'failed'; readonly error: ApiError }

const NO_ITEMS: Items = { status: 'none' }
const SHOWN = 200

function ItemChooser({ file, fields, onDone }: FillFromItemProps & { readonly onDone: () => void }) {
  const chains = useHostStore((state) => state.chains)
  const usedBy = useWorkerStore((state) => state.workers.find((worker) => worker.file === file)?.usedBy)
  // A chain that uses the worker feeds it what it is for.
  const [chain, setChain] = useState<string | null>(usedBy?.[0] ?? chains[0]?.file ?? null)
  const [read, setRead] = useState<{ readonly chain: string; readonly items: Items } | null>(null)
  const items: Items = chain === null ? NO_ITEMS : read?.chain === chain ? read.items : { status: 'loading' }

  useEffect(() => {
    let isCurrent = true
    if (chain !== null)
      void readItems(chain).then((items) => {
        if (isCurrent) setRead({ chain, items })
      })
    return () => {
      isCurrent = false
    }
  }, [chain])

  async function take(index: number): Promise<void> {
    if (items.status !== 'ready' || chain === null) return
    const reply = await host.call('source.item', { source: items.source, index })
    if (!reply.ok) return setRead({ chain, items: { status: 'failed', error: reply.error } })
    useWorkerTestStore.getState().setInput(file, inputOfItem(fields, reply.value.value))
    onDone()
  }

  const found = items.status === 'ready' ? items.preview.items : []
  return (
    <div className={classes.chooser}>
      <Select
        label="Source of"
        data={chains.map(({ file: value, name }) => ({ value, label: name }))}
        value={chain}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        onChange={setChain}
      />
      {items.status === 'failed' ? (
        <ApiErrorNotice error={items.error} />
      ) : (
        <Select
          label="Item"
          placeholder={PLACEHOLDERS[items.status]}
          data={found.map(({ index, key }) => ({ value: String(index), label: key }))}
          value={null}
          disabled={found.length === 0}
          searchable
          limit={SHOWN}
          comboboxProps={{ withinPortal: false }}
          nothingFoundMessage="No item has this in its name"
          onChange={(index) => index !== null && void take(Number(index))}
        />
      )}
    </div>
  )
}

const PLACEHOLDERS = {
  none: 'The chain has no source',
  loading: 'Reading the source…',
  ready: 'Choose one',
} as const

async function readItems(file: string): Promise<Items> {
  const read = await host.call('chains.read', { file })
  if (!read.ok) return { status: 'failed', error: read.error }
  const source = parseChain(read.value.text).chain?.source
  if (source === undefined) return NO_ITEMS
  const preview = await host.call('source.preview', { source, limit: SHOWN })
  return preview.ok ? { status: 'ready', source, preview: preview.value } : { status: 'failed', error: preview.error }
}
