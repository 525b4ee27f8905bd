import { afterEach, describe, expect, it } from 'vitest'
import type { Completion, CompletionRequest } from '../ports/backend.ts'
import { type Answer, type AnsweringServer, json, startAnsweringServer } from '../testing/answeringServer.ts'
import { aRequest, IMAGE, backendSubjects as subjects } from '../testing/backendSubjects.ts'

// How each protocol is shown images, and what its refusal to look at them means.

const never = new AbortController().signal
const failureOf = (completion: Completion) => (completion.ok ? null : completion.failure)

async function serve(answer: Answer): Promise<AnsweringServer> {
  const server = await startAnsweringServer(answer)
  servers.push(server)
  return server
}
const servers: AnsweringServer[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))

describe.each(subjects)('$name', (subject) => {
  const askServer = async (reply: Answer, more: Partial<CompletionRequest> = {}) =>
    subject.create((await serve(reply)).url).complete(aRequest('hello', more), never)

  it('shows images before the text of their message', async () => {
    const { url, seen } = await serve(json(200, subject.answer({ text: 'A red dot.' })))
    const messages = [
      { role: 'user', text: 'What is it?', images: [IMAGE] },
      { role: 'assistant', text: 'Red.' },
      { role: 'user', text: 'As JSON, please.' },
    ] as const
    const completion = await subject.create(url).complete(aRequest('', { instructions: null, messages }), never)
    expect(completion).toMatchObject({ ok: true, text: 'A red dot.' })
    expect(seen[0]?.body.messages).toEqual([
      subject.withImage(IMAGE, 'What is it?'),
      { role: 'assistant', content: 'Red.' },
      { role: 'user', content: 'As JSON, please.' },
    ])
  })

  it.each([
    [400, 'This model does not support image inputs.'],
    [400, 'Invalid content type. image_url is only supported by certain models.'],
    [400, 'At most 0 image(s) may be provided: the model is not a multimodal model.'],
    [404, 'No endpoints found that support image input'],
    [500, 'Failed to process inputs: this model is missing data required for image input'],
  ])('takes images that the model cannot see for a request that can never succeed (%i %s)', async (status, said) => {
    const messages = [{ role: 'user' as const, text: 'What is it?', images: [IMAGE] }]
    expect(failureOf(await askServer(json(status, { error: { message: said } }), { messages }))).toMatchObject({
      kind: 'provider',
      cause: 'request',
      httpStatus: status,
      message: expect.stringMatching(/^The model m at .+ cannot see images \(\d+\): /),
    })
  })

  it('takes an image that is not as it should be for a request that can never succeed, and no more', async () => {
    const messages = [{ role: 'user' as const, text: 'What is it?', images: [IMAGE] }]
    const tooLarge = json(400, { error: { message: 'image exceeds 5 MB maximum' } })
    expect(failureOf(await askServer(tooLarge, { messages }))).toMatchObject({
      cause: 'request',
      message: expect.stringMatching(/refused the request \(400\): image exceeds 5 MB/),
    })
    // Without an image in the call the words mean something else.
    const overloaded = json(500, { error: { message: 'The vision service does not support this now.' } })
    expect(failureOf(await askServer(overloaded))).toMatchObject({ cause: 'transient' })
  })

  it('sends no empty text beside images', async () => {
    const { url, seen } = await serve(json(200, subject.answer({ text: 'A red dot.' })))
    const messages = [{ role: 'user' as const, text: '', images: [IMAGE] }]
    await subject.create(url).complete(aRequest('', { instructions: null, messages }), never)
    expect(JSON.stringify(seen[0]?.body.messages)).not.toContain('"text":""')
  })
})
