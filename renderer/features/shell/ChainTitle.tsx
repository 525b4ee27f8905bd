import { Tooltip } from '@mantine/core'
import { assertNever } from '../../../shared/assertNever.ts'
import { type SaveState, useChainStore } from '../../stores/chainStore.ts'
import classes from './ChainTitle.module.css'

/** The open chain's name, and whether what is seen is on disk. */
export function ChainTitle() {
  const file = useChainStore((state) => state.file)
  const name = useChainStore((state) => state.good?.chain.name ?? state.file)
  const save = useChainStore((state) => state.save)
  if (file === null) return null
  const { text, tooltip, tone } = describeSave(save)
  return (
    <div className={classes.root}>
      <Tooltip label={file}>
        <span className={classes.name}>{name}</span>
      </Tooltip>
      <Tooltip label={tooltip}>
        <span className={classes.save} data-tone={tone} role="status">
          {text}
        </span>
      </Tooltip>
    </div>
  )
}

function describeSave(save: SaveState): { text: string; tooltip: string; tone: 'quiet' | 'bad' } {
  switch (save.status) {
    case 'saved':
      return { text: '✓ saved', tooltip: 'Saved as you work.', tone: 'quiet' }
    case 'pending':
    case 'saving':
      return { text: 'saving…', tooltip: 'Being written to the file.', tone: 'quiet' }
    case 'conflict':
      return { text: '✕ not saved', tooltip: 'The file on disk is another one now. Choose above.', tone: 'bad' }
    case 'failed':
      return { text: '✕ not saved', tooltip: save.message, tone: 'bad' }
    default:
      return assertNever(save)
  }
}
