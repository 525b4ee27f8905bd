import { CodeEditor } from '../../ui/CodeEditor.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Folded } from '../../ui/trace/Folded.tsx'
import classes from './TierHelp.module.css'

const SNIPPET = `tiers:
  local:    { backend: ollama, model: "llama3.2:3b", concurrency: 2 }
  standard: { backend: anthropic, model: claude-sonnet-4-5, requestsPerMinute: 1000 }
  frontier: { backend: openai, model: gpt-5.2 }
  # Any server that speaks the OpenAI protocol; prices in USD per million tokens.
  cheap:    { backend: openai-compatible, baseUrl: "http://127.0.0.1:8000/v1", model: qwen3-8b, apiKeyEnv: MY_KEY, price: { input: 0.1, output: 0.4 } }`

const VARIABLES = [
  ['ANTHROPIC_API_KEY', 'gives standard and frontier; ANTHROPIC_BASE_URL for another address'],
  [
    'OPENAI_API_KEY',
    'gives standard and frontier where there is no Anthropic key; OPENAI_BASE_URL for another address',
  ],
  ['OLLAMA_URL', 'gives local, such as http://127.0.0.1:11434'],
  ['LM_STUDIO_URL', 'gives local, such as http://127.0.0.1:1234'],
] as const

/** How a tier is bound, for those who come here to do it. */
export function TierHelp() {
  return (
    <div>
      <Folded title="Bind tiers in jacquard.yaml" isOpenAtFirst>
        <p>
          Put this into <code>jacquard.yaml</code> at the workspace's root and change what differs. No key goes into the
          file.
        </p>
        <div className={classes.snippet}>
          <CodeEditor
            value={SNIPPET}
            language="yaml"
            readOnly
            withLineNumbers={false}
            label="Example of jacquard.yaml"
          />
          <span className={classes.copy}>
            <CopyButton text={SNIPPET} label="Copy the example" />
          </span>
        </div>
      </Folded>
      <Folded title="Keys and addresses, from the environment" isOpenAtFirst>
        <p>Keys are read when Jacquard starts: set the variable, then start it again. They never reach this window.</p>
        <dl className={classes.variables}>
          {VARIABLES.map(([name, meaning]) => (
            <div key={name}>
              <dt className="mono">{name}</dt>
              <dd className="quiet">{meaning}</dd>
            </div>
          ))}
        </dl>
      </Folded>
    </div>
  )
}
