import { createHash } from 'node:crypto'
import type OpenAI from 'openai'
import type { Completion } from '../ports/backend.ts'

/**
 * How OpenAI is asked to keep prompts. `breakpoints`: from GPT-5.6 on a prompt is found again only up to a mark, storing
 * costs more than plain input, and without a word from us the mark stands at the end of the message: every item would
 * be stored at that price and none found again. So we say where. `key`: earlier models find the longest common start by
 * themselves; a key leads calls that share one to the same machine. `none`: other servers, which may not know the fields.
 */
export type PromptKeeping = 'breakpoints' | 'key' | 'none'

type Params = Pick<OpenAI.ChatCompletionCreateParamsNonStreaming, 'prompt_cache_key' | 'prompt_cache_options'>

/** `kept`: the system prompt, where it is the same for every item; else null. */
export function keepingParams(kept: string | null, keeping: PromptKeeping): Params {
  if (keeping === 'none') return {}
  return {
    ...(kept === null ? {} : { prompt_cache_key: createHash('sha256').update(kept).digest('hex').slice(0, 32) }),
    ...(keeping === 'breakpoints' ? { prompt_cache_options: { mode: 'explicit' } } : {}),
  }
}

export function systemContent(
  instructions: string,
  kept: string | null,
  keeping: PromptKeeping,
): string | OpenAI.ChatCompletionContentPartText[] {
  if (kept === null || keeping !== 'breakpoints') return instructions
  return [{ type: 'text', text: instructions, prompt_cache_breakpoint: { mode: 'explicit' } }]
}

/**
 * Chooses for each model. Some later models and gateways refuse breakpoints: they are asked again at once without, then
 * and from then on. A refused request is not billed, so this is still one paid call.
 */
export function createPromptKeeper(dialect: 'openai' | 'compatible') {
  const refusing = new Set<string>()
  const keepingOf = (model: string): PromptKeeping => {
    if (dialect === 'compatible') return 'none'
    return takesBreakpoints(model) && !refusing.has(model) ? 'breakpoints' : 'key'
  }
  return {
    async ask(model: string, call: (keeping: PromptKeeping) => Promise<Completion>): Promise<Completion> {
      const keeping = keepingOf(model)
      const completion = await call(keeping)
      if (keeping !== 'breakpoints' || !isRefusal(completion)) return completion
      refusing.add(model)
      return call('key')
    },
  }
}

/** GPT-5.6 and later families. */
function takesBreakpoints(model: string): boolean {
  const [, major, minor = '0'] = /^gpt-(\d+)(?:\.(\d+))?(?:-|$)/.exec(model) ?? []
  return major !== undefined && (Number(major) > 5 || (Number(major) === 5 && Number(minor) >= 6))
}

function isRefusal(completion: Completion): boolean {
  if (completion.ok || completion.failure.kind !== 'provider' || completion.failure.cause !== 'request') return false
  return /prompt_cache_(?:breakpoint|options)/.test(completion.failure.message)
}
