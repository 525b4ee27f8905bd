import OpenAI from 'openai'
import pLimit from 'p-limit'
import { measure } from './measure.ts'

/**
 * What a person would write without Jacquard: `p-limit` around the provider's own package, nothing stored, nothing
 * shown, nothing retried. Arguments: base URL, items, calls in flight.
 */
const [baseURL = '', itemCount = '0', inFlight = '64'] = process.argv.slice(2)
const items = Number(itemCount)
const client = new OpenAI({ baseURL, apiKey: 'none', maxRetries: 0 })
const limit = pLimit(Number(inFlight))

await measure(items, async () => {
  await Promise.all(
    Array.from({ length: items }, (_, index) =>
      limit(() =>
        client.chat.completions.create({
          model: 'bench',
          messages: [{ role: 'user', content: `Describe the number ${index} in a few words.` }],
        }),
      ),
    ),
  )
  return items
})
