import { Textarea } from '@mantine/core'
import { useTestStore } from '../../stores/testStore.ts'
import { ApiErrorNotice } from '../../ui/ApiErrorNotice.tsx'
import { DataValue } from '../../ui/DataValue.tsx'
import { ScreenLoading } from '../../ui/ScreenLoading.tsx'
import classes from './ItemColumn.module.css'

/** What goes in: the chosen item of the source, or one of the person's own. */
export function ItemColumn() {
  const choice = useTestStore((state) => state.choice)
  return (
    <section className={classes.root} aria-label="Item">
      <h2 className={classes.title}>Item</h2>
      {choice.kind === 'pasted' ? <PastedItem text={choice.text} /> : <SourceItem />}
    </section>
  )
}

function PastedItem({ text }: { text: string }) {
  return (
    <Textarea
      aria-label="Your own item"
      description="Text becomes item.text, as of a file. A JSON object is the item itself, with its own fields."
      value={text}
      onChange={(event) => useTestStore.getState().paste(event.currentTarget.value)}
      autosize
      minRows={8}
      maxRows={24}
      data-autofocus
    />
  )
}

function SourceItem() {
  const items = useTestStore((state) => state.items)
  const chosen = useTestStore((state) => state.chosen)
  if (items.status === 'none')
    return <p className="quiet">This chain has no source yet. Choose one in Build, or paste an item here.</p>
  if (items.status === 'loading') return <ScreenLoading label="Reading the source" />
  if (items.status === 'failed')
    return <ApiErrorNotice error={items.error} onRetry={() => void useTestStore.getState().reloadItems()} />
  if (items.preview.items.length === 0)
    return (
      <p className="quiet">
        There are no items in {items.preview.label}. Put files or rows there, or paste an item here.
      </p>
    )
  if (chosen.status === 'failed') return <ApiErrorNotice error={chosen.error} />
  if (chosen.status === 'none') return <ScreenLoading label="Reading the item" />
  return <DataValue label={chosen.key} value={chosen.value} />
}
