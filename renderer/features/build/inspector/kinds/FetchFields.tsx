import { ChoiceField } from '../ChoiceField.tsx'
import { asText } from '../chainDraft.ts'
import { ExpressionField } from '../ExpressionField.tsx'
import { stageHelp } from '../fieldHelp.ts'
import { useStageDraft } from '../useStageDraft.ts'
import { useStagePath } from '../useStagePath.ts'
import { ValueField } from '../ValueField.tsx'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const WITH_BODY = ['POST', 'PUT', 'PATCH', 'DELETE']

/** Which address is asked, how, and with what. */
export function FetchFields({ stage }: { readonly stage: string }) {
  const path = useStagePath(stage)
  const { method, body } = useStageDraft(stage)
  return (
    <>
      <ExpressionField
        path={[...path, 'url']}
        stage={stage}
        label="Address"
        help={stageHelp('fetch', 'url')}
        placeholder="https://example.org/companies/{{ item.id }}"
        isNeeded
      />
      <ChoiceField
        path={[...path, 'method']}
        label="Method"
        help={stageHelp('fetch', 'method')}
        fallback="GET"
        choices={METHODS.map((value) => ({ value, label: value }))}
      />
      <ValueField
        path={[...path, 'headers']}
        stage={stage}
        label="Headers"
        newKey="accept"
        help="Sent along. No secrets here: a chain is a file that others read."
      />
      {(WITH_BODY.includes(asText(method)) || body !== undefined) && (
        <ValueField
          path={[...path, 'body']}
          stage={stage}
          label="Body"
          newKey="text"
          help={stageHelp('fetch', 'body')}
        />
      )}
    </>
  )
}
