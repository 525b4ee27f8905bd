import { PromptField } from '../../prompt/PromptField.tsx'
import { SchemaField } from '../SchemaField.tsx'
import { TierField } from '../TierField.tsx'
import { useStageDraft } from '../useStageDraft.ts'
import { useStagePath } from '../useStagePath.ts'
import { ValueField } from '../ValueField.tsx'
import { WorkerField } from './WorkerField.tsx'

/** What every model stage is about: who is asked, what, and what the answer is to be. */
export function ModelFields({ stage }: { readonly stage: string }) {
  const path = useStagePath(stage)
  const at = (key: string) => [...path, key]
  const hasWorker = useStageDraft(stage).worker !== undefined
  return (
    <>
      <TierField path={at('tier')} label="Tier" {...(hasWorker ? { absent: 'as its worker' } : {})} />
      <WorkerField path={at('worker')} />
      <PromptField
        path={at('instructions')}
        stage={stage}
        label="Instructions"
        placeholder={hasWorker ? 'Those of its worker.' : 'You extract facts from a support ticket.'}
      />
      <PromptField
        path={at('prompt')}
        stage={stage}
        label="Prompt"
        placeholder={hasWorker ? 'That of its worker; without one, its input.' : 'Summarise this:\n\n{{ item.text }}'}
      />
      <ValueField
        path={at('input')}
        stage={stage}
        label="Input"
        newKey="text"
        help="What the model is given, as JSON, where there is no prompt; without either, the item."
      />
      <SchemaField
        path={at('output')}
        label="Output"
        firstField="answer"
        absent={
          hasWorker
            ? { label: 'As its worker', help: 'What its worker says; fields here stand in its place.' }
            : {
                label: 'Text',
                help: 'The answer as it comes. With fields it is checked, and later stages can use each by name.',
              }
        }
        help="Every answer is checked against these; an invalid one is asked for again."
      />
    </>
  )
}
