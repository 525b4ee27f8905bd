import type { Settings, TierBinding } from '../../shared/tier.ts'
import { FIRST_LISTED_MODEL } from './firstListedModel.ts'
import type { Env } from './providers.ts'

export interface BoundTier {
  readonly name: string
  readonly binding: TierBinding
  readonly origin: 'settings' | 'environment' | 'built in'
}

const BUILT_IN: Readonly<Record<string, TierBinding>> = {
  local: { backend: 'simulated', model: 'simulated-local' },
  standard: { backend: 'simulated', model: 'simulated-standard' },
  frontier: { backend: 'simulated', model: 'simulated-frontier' },
}

/** Every tier there is: local, standard and frontier first, then those that only jacquard.yaml names, in its order. */
export function tierBindings(settings: Settings, env: Env): readonly BoundTier[] {
  const named = settings.tiers ?? {}
  const found = environmentBindings(env)
  const standing = Object.entries(BUILT_IN).map(([name, builtIn]): BoundTier => {
    if (named[name] !== undefined) return { name, binding: named[name], origin: 'settings' }
    if (found[name] !== undefined) return { name, binding: found[name], origin: 'environment' }
    return { name, binding: builtIn, origin: 'built in' }
  })
  const own = Object.entries(named).filter(([name]) => !Object.hasOwn(BUILT_IN, name))
  return [...standing, ...own.map(([name, binding]): BoundTier => ({ name, binding, origin: 'settings' }))]
}

/** What the environment alone gives. A server on this machine is used with JACQUARD_LOCAL_MODEL, else its first model. */
function environmentBindings(env: Env): Readonly<Record<string, TierBinding>> {
  const isSet = (name: string) => (env[name]?.trim() ?? '') !== ''
  const bindings: Record<string, TierBinding> = {}
  const model = env.JACQUARD_LOCAL_MODEL?.trim() || FIRST_LISTED_MODEL
  if (isSet('LM_STUDIO_URL')) bindings.local = { backend: 'lm-studio', model }
  else if (isSet('OLLAMA_URL')) bindings.local = { backend: 'ollama', model }
  if (isSet('ANTHROPIC_API_KEY')) {
    bindings.standard = { backend: 'anthropic', model: 'claude-sonnet-5' }
    bindings.frontier = { backend: 'anthropic', model: 'claude-opus-5-5' }
  } else if (isSet('OPENAI_API_KEY')) {
    bindings.standard = { backend: 'openai', model: 'gpt-6-sol' }
    bindings.frontier = { backend: 'openai', model: 'gpt-6-astra' }
  }
  return bindings
}
