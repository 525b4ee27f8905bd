import type { Settings, Tier } from '../../shared/tier.ts'
import type { Backend } from '../ports/backend.ts'
import type { Models, TierLookup, TierModel } from '../ports/models.ts'
import { createTariff, isPublished, loadPriceLists, type Tariff } from './prices.ts'
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
 * price lists only where a tier's price stands in them.
 */
export async function createModels(options: Parameters<typeof bindModels>[0]): Promise<Tiers> {
  if (tierBindings(options.settings, options.env).some(({ binding }) => isPublished(binding))) await loadPriceLists()
  return bindModels(options)
}

function bindModels(options: { settings: Settings; env: Env; simulated: Backend }): Tiers {
  const bound = tierBindings(options.settings, options.env)
  const names = bound.map(({ name }) => name)
  const letters = tierLetters(names)
  const open = createBackends(options.simulated)
  const tiers = new Map(bound.map((tier) => [tier.name, joinTier(tier, { env: options.env, open })]))
  return {
    tier: (name) =>
      tiers.get(name)?.lookup ?? {
        ok: false,
        message: `There is no tier \`${name}\`. Known tiers: ${names.join(', ')}. Others are named in jacquard.yaml.`,
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

function joinTier({ name, binding }: BoundTier, { env, open }: { env: Env; open: OpenBackend }): JoinedTier {
  const tariff = createTariff(binding)
  const { backend, model } = binding
  const ready = (called: Backend, baseUrl: string): JoinedTier => {
    const tierModel: TierModel = {
      tier: name,
      backend: called,
      limiterName: [backend, baseUrl, model].filter((part) => part !== '').join(' '),
      model,
      simulated: backend === 'simulated',
      concurrency: binding.concurrency ?? null,
      requestsPerMinute: binding.requestsPerMinute ?? null,
      tokensPerMinute: binding.tokensPerMinute ?? null,
      maxTokens: binding.maxTokens ?? null,
      costMicros: tariff.costMicros,
    }
    return { lookup: { ok: true, model: tierModel }, tariff }
  }
  const notReady = (why: string): JoinedTier => ({
    lookup: { ok: false, message: `The tier \`${name}\` is not ready. ${why}` },
    tariff,
  })
  if (backend === 'simulated') {
    if (Object.hasOwn(SIMULATED_PRICES, model)) return ready(open.simulated, '')
    return notReady(`There is no simulated model \`${model}\`: ${Object.keys(SIMULATED_PRICES).join(', ')}.`)
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
