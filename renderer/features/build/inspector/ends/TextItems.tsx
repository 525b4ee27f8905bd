import { ActionIcon, Button, Textarea } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { FieldFrame } from '../../../../ui/FieldFrame.tsx'
import { asText, asTexts } from '../chainDraft.ts'
import classes from '../inspector.module.css'
import { type FieldPath, useField } from '../useField.ts'

/** Items typed or pasted into the chain itself. One is written as a text, several as a list. */
export function TextItems({ path }: { readonly path: FieldPath }) {
  const field = useField(path, 'the texts')
  const texts = Array.isArray(field.value) ? asTexts(field.value) : [asText(field.value)]
  const set = (next: readonly string[]) => field.set(next.length === 1 ? next[0] : next)
  // Texts have no identity but their place.
  const places = texts.map((_, index) => index)
  return (
    <FieldFrame label="Items" problem={field.problem}>
      <div className={classes.rows}>
        {places.map((index) => (
          <div key={index} style={{ display: 'flex', gap: 4 }}>
            <Textarea
              flex={1}
              aria-label={`Item ${index + 1}`}
              autosize
              minRows={2}
              maxRows={8}
              value={texts[index] ?? ''}
              onChange={(event) => set(texts.map((text, at) => (at === index ? event.currentTarget.value : text)))}
            />
            {texts.length > 1 && (
              <ActionIcon
                size={24}
                aria-label={`Remove item ${index + 1}`}
                onClick={() => set(texts.filter((_, at) => at !== index))}
              >
                <IconX size={14} stroke={1.5} />
              </ActionIcon>
            )}
          </div>
        ))}
        <div>
          <Button size="xs" leftSection={<IconPlus size={14} stroke={1.5} />} onClick={() => set([...texts, ''])}>
            Add an item
          </Button>
        </div>
      </div>
    </FieldFrame>
  )
}
