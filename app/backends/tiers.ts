import type { Settings, Tier, TierBinding } from '../../shared/tier.ts'
import type { Backend } from '../ports/backend.ts'
import type { Models, TierLookup, TierModel } from '../ports/models.ts'
import { contextTokensOf, createTariff, isListed, loadPriceLists, type Tariff } from './prices.ts'
import { type Env, openProvider, type ProviderName, targetOf } from './providers.ts'
import { SIMULATED_PRICES } from './simulated/prices.ts'
import { type BoundTier, tierBindings } from './tierBindings.ts'
import { tierLetters } from './tierLetters.ts'

export interface Tiers extends Models {
  /** In the order in which screens show them. */
  list(): readonly Tier[]
}

/**
 * Binds the tiers' names (DESIGN §6): jacquard.yaml, else the environment, else the simulated models. Calls nothing; loads the
 * price lists only where a tier's provider stands in them.
 */
export async function createModels(options: Parameters<typeof bindModels>[0]): Promise<Tiers> {
  if (tierBindings(options.settings, options.env).some(({ binding }) => isListed(binding.backend)))
    await loadPriceLists()
  return bindModels(options)
}

function bindModels(options: { settings: Settings; env: Env; simulated: Backend }): Tiers {
  const bound = tierBindings(options.settings, options.env)
  const names = bound.map(({ name }) => name)
  const letters = tierLetters(names)
  const open = createBackends(options.simulated)
  const tiers = new Map(bound.map((tier) => [tier.name, joinTier(tier, { env: options.env, open })]))
  return {
    tier: (name, model) => {
      const tier = bound.find((candidate) => candidate.name === name)
      if (tier === undefined) {
        const message = `There is no tier \`${name}\`. Known tiers: ${names.join(', ')}. Others are named in jacquard.yaml.`
        return { ok: false, message }
      }
      if (model !== undefined && model !== tier.binding.model)
        return joinTier(tier, { env: options.env, open, model }).lookup
      return tiers.get(name)?.lookup ?? joinTier(tier, { env: options.env, open }).lookup
    },
    list: () =>
      bound.map(({ name, binding, origin }) => {
        const tier = tiers.get(name)
        return {
          ...binding,
          name,
          origin,
          letter: letters.get(name) ?? '',
          notReady: tier === undefined || tier.lookup.ok ? null : tier.lookup.message,
          knownPrice: tier?.tariff.known() ?? null,
        }
      }),
  }
}

interface JoinedTier {
  readonly lookup: TierLookup
  readonly tariff: Tariff
}

type OpenBackend = ReturnType<typeof createBackends>

/** `model`: another than the tier's own; the tier's price and what it holds are then not those of the call. */
function joinTier(tier: BoundTier, { env, open, model }: { env: Env; open: OpenBackend; model?: string }): JoinedTier {
  const { name } = tier
  const { price: _, contextTokens: __, ...limits } = tier.binding
  const binding: TierBinding = model === undefined ? tier.binding : { ...limits, model }
  const tariff = createTariff(binding)
  const { backend } = binding
  const ready = (called: Backend, baseUrl: string): JoinedTier => {
    const tierModel: TierModel = {
      tier: name,
      backend: called,
      limiterName: [backend, baseUrl, tier.binding.model].filter((part) => part !== '').join(' '),
      address: baseUrl === '' ? backend : `${backend} ${baseUrl}`,
      model: binding.model,
      simulated: backend === 'simulated',
      concurrency: binding.concurrency ?? null,
      requestsPerMinute: binding.requestsPerMinute ?? null,
      tokensPerMinute: binding.tokensPerMinute ?? null,
      maxTokens: binding.maxTokens ?? null,
      contextTokens: binding.contextTokens ?? contextTokensOf(binding),
      costMicros: tariff.costMicros,
    }
    return { lookup: { ok: true, model: tierModel }, tariff }
  }
  const notReady = (why: string): JoinedTier => ({
    lookup: { ok: false, message: `The tier \`${name}\` is not ready. ${why}` },
    tariff,
  })
  if (backend === 'simulated') {
    if (Object.hasOwn(SIMULATED_PRICES, binding.model)) return ready(open.simulated, '')
    return notReady(`There is no simulated model \`${binding.model}\`: ${Object.keys(SIMULATED_PRICES).join(', ')}.`)
  }
  const target = targetOf({ ...binding, backend }, env)
  return target.ok ? ready(open.provider(backend, target), target.baseUrl) : notReady(target.message)
}

/** Tiers that call the same server with the same key share one backend. */
function createBackends(simulated: Backend) {
  const opened = new Map<string, Backend>()
  return {
    simulated,
    provider(name: ProviderName, target: Parameters<typeof openProvider>[1]): Backend {
      const key = JSON.stringify([name, target.baseUrl, target.apiKeyEnv])
      const backend = opened.get(key) ?? openProvider(name, target)
      opened.set(key, backend)
      return backend
    },
  }
}
