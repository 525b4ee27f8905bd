import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { FieldFrame } from '../../../../ui/FieldFrame.tsx'
import { asDraft } from '../chainDraft.ts'
import { stageHelp } from '../fieldHelp.ts'
import classes from '../inspector.module.css'
import { PathField } from '../PathField.tsx'
import { type FieldPath, useField } from '../useField.ts'

const NEW_FILE = 'inputs/knowledge.md'

/** Text files that every call of a stage gets to know. */
export function KnowledgeField({ path }: { readonly path: FieldPath }) {
  const field = useField(path, 'the knowledge')
  const entries = Array.isArray(field.value) ? field.value.map(asDraft) : []
  const set = (next: readonly unknown[]) => field.set(next.length === 0 ? undefined : next)
  // Files have no identity but their place.
  const places = entries.map((_, index) => index)
  return (
    <FieldFrame
      label="Knowledge"
      help={stageHelp('model', 'knowledge')}
      problem={entries.length === 0 ? field.problem : null}
    >
      <div className={classes.rows}>
        {places.map((index) => (
          <div key={index} className={classes.boxed}>
            <div className={classes.withButton}>
              <PathField path={[...path, index, 'file']} label={`File ${index + 1}`} what="file" />
              <ActionIcon
                size={24}
                mb={2}
                aria-label={`Remove file ${index + 1}`}
                onClick={() => set(entries.filter((_, at) => at !== index))}
              >
                <IconX size={14} stroke={1.5} />
              </ActionIcon>
            </div>
            <SegmentedControl
              fullWidth
              aria-label={`What file ${index + 1} is`}
              value={entries[index]?.as === 'examples' ? 'examples' : 'reference'}
              onChange={(as) =>
                set(entries.map((entry, at) => (at === index ? withUse(entry, as === 'examples') : entry)))
              }
              data={[
                { value: 'reference', label: 'To be consulted' },
                { value: 'examples', label: 'Worked examples' },
              ]}
            />
          </div>
        ))}
        <div>
          <Button
            size="xs"
            leftSection={<IconPlus size={14} stroke={1.5} />}
            onClick={() => set([...entries, { file: NEW_FILE }])}
          >
            Add a file
          </Button>
        </div>
      </div>
    </FieldFrame>
  )
}

function withUse({ as: _, ...entry }: Readonly<Record<string, unknown>>, isExamples: boolean) {
  return isExamples ? { ...entry, as: 'examples' } : entry
}
