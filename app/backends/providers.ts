import { assertNever } from '../../shared/assertNever.ts'
import type { BackendName, TierBinding } from '../../shared/tier.ts'
import type { Backend } from '../ports/backend.ts'
import { createLazyBackend } from './lazyBackend.ts'

export type Env = Readonly<Record<string, string | undefined>>

/** What is known of a provider without calling it. */
interface Provider {
  readonly label: string
  /** Where it is, unless the tier or the environment says otherwise. null: the tier must say. */
  readonly defaultUrl: string | null
  /** The environment variable that may say where it is. */
  readonly urlEnv: string | null
  /** The environment variable that holds its key, unless the tier names another. null: it needs none. */
  readonly keyEnv: string | null
}

const PROVIDERS = {
  anthropic: {
    label: 'Anthropic',
    defaultUrl: 'https://api.anthropic.com',
    urlEnv: 'ANTHROPIC_BASE_URL',
    keyEnv: 'ANTHROPIC_API_KEY',
  },
  openai: {
    label: 'OpenAI',
    defaultUrl: 'https://api.openai.com/v1',
    urlEnv: 'OPENAI_BASE_URL',
    keyEnv: 'OPENAI_API_KEY',
  },
  'openai-compatible': { label: 'The OpenAI-compatible server', defaultUrl: null, urlEnv: null, keyEnv: null },
  'lm-studio': { label: 'LM Studio', defaultUrl: 'http://127.0.0.1:1234/v1', urlEnv: 'LM_STUDIO_URL', keyEnv: null },
  ollama: { label: 'Ollama', defaultUrl: 'http://127.0.0.1:11434', urlEnv: 'OLLAMA_URL', keyEnv: null },
} as const satisfies Record<Exclude<BackendName, 'simulated'>, Provider>

export type ProviderName = keyof typeof PROVIDERS

/** Where and as whom a tier calls, or what is missing. */
export type Target =
  | { readonly ok: true; readonly baseUrl: string; readonly apiKey: string | null; readonly apiKeyEnv: string | null }
  | { readonly ok: false; readonly message: string }

type Bound = Pick<TierBinding, 'baseUrl' | 'apiKeyEnv'> & { readonly backend: ProviderName }

export function targetOf(binding: Bound, env: Env): Target {
  const { label, defaultUrl, urlEnv, keyEnv }: Provider = PROVIDERS[binding.backend]
  const fromEnv = urlEnv === null ? '' : (env[urlEnv]?.trim() ?? '')
  const address = binding.baseUrl ?? (fromEnv === '' ? defaultUrl : withScheme(fromEnv))
  if (address === null)
    return { ok: false, message: 'An openai-compatible tier needs its `baseUrl` (with /v1) in jacquard.yaml.' }
  if (!URL.canParse(address) || !/^https?:/.test(address))
    return { ok: false, message: `${urlEnv ?? 'baseUrl'} is not an address like http://127.0.0.1:8000: ${address}` }
  const baseUrl = binding.backend === 'lm-studio' ? withVersion(address) : address
  const apiKeyEnv = binding.apiKeyEnv ?? keyEnv
  if (apiKeyEnv === null) return { ok: true, baseUrl, apiKey: null, apiKeyEnv }
  const apiKey = env[apiKeyEnv]?.trim() ?? ''
  if (apiKey === '')
    return { ok: false, message: `The environment variable ${apiKeyEnv} is not set; it holds the key for ${label}.` }
  // It goes into a header, which takes no others. Most come with a key that was copied from a formatted page.
  if (!/^[\x21-\x7e]+$/.test(apiKey))
    return { ok: false, message: `The environment variable ${apiKeyEnv} holds a space or a character that no key has.` }
  return { ok: true, baseUrl, apiKey, apiKeyEnv }
}

export function openProvider(name: ProviderName, target: Extract<Target, { ok: true }>): Backend {
  const { label, defaultUrl }: Provider = PROVIDERS[name]
  const connection = { ...target, label, isOwnAddress: target.baseUrl.replace(/\/+$/, '') === defaultUrl }
  return createLazyBackend(async () => {
    switch (name) {
      case 'anthropic':
        return (await import('./anthropic.ts')).createAnthropicBackend(connection)
      case 'openai':
        return (await import('./openai.ts')).createOpenAIBackend({ ...connection, dialect: 'openai' })
      case 'openai-compatible':
      case 'lm-studio':
        return (await import('./openai.ts')).createOpenAIBackend({ ...connection, dialect: 'compatible' })
      case 'ollama':
        return (await import('./ollama.ts')).createOllamaBackend(connection)
      default:
        return assertNever(name)
    }
  })
}

function withScheme(url: string): string {
  return url.includes('://') ? url : `http://${url}`
}

/** LM Studio shows its address without the path; its API stands under /v1. */
function withVersion(url: string): string {
  return /^https?:\/\/[^/]+\/?$/.test(url) ? `${url.replace(/\/$/, '')}/v1` : url
}
