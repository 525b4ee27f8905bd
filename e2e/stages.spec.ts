import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AxeBuilder } from '@axe-core/playwright'
import {
  canvasOf,
  choose,
  dragIn,
  dragInto,
  drawWire,
  expectNoProblems,
  inspectorOf,
  launchDrawing,
  nodeOf,
  openDrawing,
  tidy,
} from './canvasSteps.ts'
import { expect, test } from './fixtures.ts'
import { readLines } from './steps.ts'

test.use({ env: { JACQUARD_SIMULATED_SPEED: '20' } })
// Each draws a chain by pointer and runs it: many small steps, which take their time on a busy machine.
test.describe.configure({ timeout: 120_000 })

const TWO_TEXTS = 'source:\n  text:\n    - "One.\\n\\nTwo.\\n\\nThree."\n    - "Four.\\n\\nFive."\n'
const TWO_TICKETS = 'source: { folder: inputs/tickets, include: ["10401*", "10402*"] }\n'
const SOURCE = { id: '$source' }

/** The outputs of a run, by the source's order. */
const outputs = (workspace: string) => readLines(workspace, 'results/drawing.jsonl').map(({ output }) => output)

test('a model stage, several items a call', async ({ openWorkshop, folders }) => {
  const { page, chain } = await openDrawing({ openWorkshop, folders }, TWO_TEXTS)
  await dragIn(page, 'Model', [420, 300])
  await tidy(page)
  await drawWire(page, SOURCE, { id: 'model' })
  await expect.poll(() => chain().stages.model).toMatchObject({ kind: 'model', prompt: '{{ item.text }}' })

  const form = inspectorOf(page)
  await form.getByRole('radiogroup', { name: 'Tier' }).getByText('local').click()
  await form.getByRole('radiogroup', { name: 'Kind of Output' }).getByText('Fields').click()
  await form.getByText('Shared calls').click()
  await form.getByLabel('Several items share a call').check()
  await form.getByLabel('Items a call').fill('5')
  await expect.poll(() => chain().stages.model).toMatchObject({ tier: 'local', pack: { size: 5 } })
  await expect(nodeOf(page, 'model').getByText('⊞ 5')).toBeVisible()
  await expectNoProblems(page)

  await launchDrawing(page)
  expect(outputs(folders.workspace)).toEqual([
    { model: { answer: expect.any(String) } },
    { model: { answer: expect.any(String) } },
  ])
})

test('a transform stage', async ({ openWorkshop, folders }) => {
  const { page, chain } = await openDrawing({ openWorkshop, folders }, TWO_TEXTS)
  await dragIn(page, 'Transform', [420, 300])
  await tidy(page)
  await drawWire(page, SOURCE, { id: 'transform' })
  await inspectorOf(page).getByRole('textbox', { name: 'Value of text' }).fill('{{ $length(item.text) }}')
  await expect.poll(() => JSON.stringify(chain().stages.transform)).toContain('$length(item.text)')
  await expectNoProblems(page)
  await launchDrawing(page)
  expect(outputs(folders.workspace)).toEqual([{ transform: { text: 18 } }, { transform: { text: 12 } }])
})

test('a text is chunked, and a map runs what was dropped into it for each chunk', async ({ openWorkshop, folders }) => {
  const { page, chain } = await openDrawing({ openWorkshop, folders }, TWO_TEXTS)
  await dragIn(page, 'Chunk', [300, 300])
  await dragIn(page, 'Map', [600, 300])
  await tidy(page)
  await drawWire(page, SOURCE, { id: 'chunk' })
  await nodeOf(page, 'chunk').getByText('chunk', { exact: true }).click()
  await choose(page, 'Cut by', 'paragraphs')
  await inspectorOf(page).getByLabel('Size', { exact: true }).fill('1')
  await drawWire(page, { id: 'chunk' }, { id: 'mapped' })
  await expect.poll(() => chain().stages.mapped).toMatchObject({ kind: 'map', over: '{{ chunk }}' })

  await dragInto(page, 'Transform', 'mapped')
  await tidy(page)
  await drawWire(page, { id: 'mapped', isInner: true }, { id: 'transform' })
  await expect
    .poll(() => chain().stages.mapped)
    .toMatchObject({ stages: { transform: { value: { text: '{{ entry.text }}' } } } })
  await nodeOf(page, 'mapped').getByText('mapped', { exact: true }).click()
  await inspectorOf(page).getByRole('textbox', { name: 'Name of one element' }).fill('part')
  await page.keyboard.press('Enter')
  await expect.poll(() => JSON.stringify(chain().stages.mapped)).toContain('{{ part.text }}')
  await expectNoProblems(page)

  await launchDrawing(page)
  const texts = outputs(folders.workspace).map((output) => JSON.stringify(output).match(/One|Two|Three|Four|Five/g))
  expect(texts).toEqual([
    ['One', 'Two', 'Three'],
    ['Four', 'Five'],
  ])
})

test('a gather makes groups, what is behind it runs once for each, and a border shows where', async ({
  openWorkshop,
  folders,
}) => {
  const { page, chain } = await openDrawing({ openWorkshop, folders }, 'source: { text: [a, b, c, d, e] }\n')
  await dragIn(page, 'Gather', [420, 300])
  await inspectorOf(page).getByLabel('Group size').fill('2')
  await expect.poll(() => chain().stages.gather).toMatchObject({ kind: 'gather', size: 2 })
  await expect(canvasOf(page).getByText('each item', { exact: true })).toBeVisible()
  await expect(canvasOf(page).getByText('each group of up to 2')).toBeVisible()
  await dragIn(page, 'Transform', [650, 300])
  await tidy(page)
  await drawWire(page, { id: 'gather' }, { id: 'transform' })
  await inspectorOf(page).getByRole('textbox', { name: 'Value of items' }).fill('{{ $join(items.item.text, "+") }}')
  await expect.poll(() => JSON.stringify(chain().stages.transform)).toContain('$join')
  await expectNoProblems(page)

  await launchDrawing(page)
  expect(outputs(folders.workspace)).toEqual([
    { transform: expect.objectContaining({ items: 'a+b' }) },
    { transform: expect.objectContaining({ items: 'c+d' }) },
    { transform: expect.objectContaining({ items: 'e' }) },
  ])
})

test('a fetch stage asks the address that the item says', async ({ openWorkshop, folders }) => {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ path: request.url }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    const { page, chain } = await openDrawing({ openWorkshop, folders }, 'source: { text: [a, b] }\n')
    await dragIn(page, 'Fetch', [420, 300])
    await inspectorOf(page)
      .getByRole('textbox', { name: 'Address' })
      .fill(`http://127.0.0.1:${port}/of/{{ item.text }}`)
    await expect.poll(() => JSON.stringify(chain().stages.fetch)).toContain('{{ item.text }}')
    await expect(nodeOf(page, 'fetch').getByText(`GET 127.0.0.1:${port}`)).toBeVisible()
    await expectNoProblems(page)
    await launchDrawing(page)
    expect(outputs(folders.workspace)).toMatchObject([
      { fetch: { status: 200, json: { path: '/of/a' } } },
      { fetch: { status: 200, json: { path: '/of/b' } } },
    ])
  } finally {
    server.close()
  }
})

test('another chain runs as one stage, with a param of its own', async ({ openWorkshop, folders }) => {
  const { page, chain } = await openDrawing({ openWorkshop, folders }, TWO_TICKETS)
  await dragIn(page, 'Chain', [420, 300])
  await choose(page, 'Chain', 'Triage tickets')
  await inspectorOf(page).getByRole('textbox', { name: 'Param company' }).fill('Acme')
  await expect
    .poll(() => chain().stages.chain)
    .toMatchObject({ file: 'chains/triage-tickets.chain.yaml', params: { company: 'Acme' } })
  await expect(nodeOf(page, 'chain').getByText('runs triage-tickets')).toBeVisible()
  await expectNoProblems(page)
  await launchDrawing(page)
  for (const output of outputs(folders.workspace))
    expect(output).toMatchObject({ chain: { category: expect.any(String) } })
})

test('a stage is dragged into a map and out again, and what that breaks is told', async ({ openWorkshop, folders }) => {
  const { page, chain } = await openDrawing({ openWorkshop, folders }, TWO_TEXTS)
  await dragIn(page, 'Map', [560, 320])
  await dragIn(page, 'Transform', [300, 150])
  const move = async (x: number, y: number): Promise<void> => {
    const title = await nodeOf(page, 'transform').getByText('transform', { exact: true }).boundingBox()
    if (title === null) throw new Error('The stage cannot be seen.')
    await page.mouse.move(title.x + 4, title.y + 8)
    await page.mouse.down()
    await page.mouse.move(title.x + x / 2, title.y + y / 2, { steps: 5 })
    await page.mouse.move(title.x + 4 + x, title.y + 8 + y, { steps: 5 })
    await page.mouse.up()
  }
  const map = await nodeOf(page, 'mapped').boundingBox()
  const stage = await nodeOf(page, 'transform').boundingBox()
  if (map === null || stage === null) throw new Error('The stages cannot be seen.')
  await move(map.x - stage.x + 60, map.y - stage.y + 70)
  await expect.poll(() => Object.keys(chain().stages)).toEqual(['mapped'])
  await expect.poll(() => JSON.stringify(chain().stages.mapped)).toContain('"transform"')

  await page.keyboard.press('Control+z')
  await expect.poll(() => Object.keys(chain().stages)).toEqual(['mapped', 'transform'])
  await page.keyboard.press('Control+Shift+z')
  await expect.poll(() => Object.keys(chain().stages)).toEqual(['mapped'])

  await nodeOf(page, 'transform').getByText('transform', { exact: true }).click()
  await inspectorOf(page).getByRole('button', { name: 'Add a row' }).click()
  await inspectorOf(page).getByRole('textbox', { name: 'Value of value' }).fill('{{ entry }}')
  await expect.poll(() => JSON.stringify(chain().stages.mapped)).toContain('{{ entry }}')
  await move(-20, -260)
  await expect(page.getByText(/one reference no longer works/)).toBeVisible()
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect.poll(() => JSON.stringify(chain().stages.mapped)).toContain('{{ entry }}')
})

const NESTED = `source: { text: [a, b] }
stages:
  each:
    kind: map
    over: [1, 2]
    as: number
    stages:
      first: { kind: transform, value: "{{ number }}" }
      second: { kind: transform, value: "{{ first }}" }
`

test('stages inside a map are boxed, duplicated where they are, and deleted', async ({ openWorkshop, folders }) => {
  const { page, chain } = await openDrawing({ openWorkshop, folders }, NESTED)
  const inside = (): readonly string[] => {
    const { each } = chain().stages
    return each?.kind === 'map' ? Object.keys(each.stages) : []
  }
  await tidy(page)
  const [first, second] = [await nodeOf(page, 'first').boundingBox(), await nodeOf(page, 'second').boundingBox()]
  if (first === null || second === null) throw new Error('The stages cannot be seen.')
  await page.keyboard.down('Shift')
  await page.mouse.move(first.x - 6, first.y - 6)
  await page.mouse.down()
  await page.mouse.move(second.x + second.width + 6, second.y + second.height + 6, { steps: 8 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await expect(page.getByRole('complementary', { name: 'Inspector: 2 stages' })).toBeVisible()
  await page.keyboard.press('Control+d')
  await expect.poll(inside).toEqual(['first', 'second', 'first2', 'second2'])
  expect(JSON.stringify(chain().stages.each)).toContain('{{ first2 }}')
  await page.keyboard.press('Delete')
  await expect.poll(inside).toEqual(['first', 'second'])
})

test('every form can be used by everybody', async ({ openWorkshop, folders }) => {
  const { page } = await openDrawing({ openWorkshop, folders }, `${NESTED}  tens: { kind: gather, size: 10 }\n`)
  const titles = ['Model', 'Chunk', 'Fetch', 'Chain', 'Summarise sections', 'Several sources', 'One document']
  const found: string[] = []
  const look = async (form: string): Promise<void> => {
    for (const fold of await inspectorOf(page).locator('summary').all()) await fold.click()
    const { violations } = await new AxeBuilder({ page }).include('aside').withTags(['wcag2a', 'wcag2aa']).analyze()
    found.push(
      ...violations.map(({ id, nodes }) => `${form}: ${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`),
    )
  }
  for (const title of titles) {
    await dragIn(page, title, [200, 500])
    await look(title)
  }
  for (const id of ['each', 'tens']) {
    await page.getByRole('button', { name: /^Show the whole chain/ }).click()
    await nodeOf(page, id).getByText(id, { exact: true }).click()
    await look(id)
  }
  expect(found).toEqual([])
})

test('every source and every sink is dragged in, and its form shows', async ({ openWorkshop, folders }) => {
  test.setTimeout(180_000)
  const { page, chain } = await openDrawing({ openWorkshop, folders }, TWO_TEXTS)
  await dragIn(page, 'Transform', [420, 200])
  const sources = {
    Folder: 'folder',
    'CSV table': 'csv',
    'TSV table': 'tsv',
    'Excel sheet': 'xlsx',
    'JSON lines': 'jsonl',
    'JSON list': 'json',
    'Lines of a file': 'lines',
    'Web pages': 'urls',
    'Growing folder': 'watch',
    Text: 'text',
    'Several sources': 'first',
  }
  for (const [title, key] of Object.entries(sources)) {
    await dragIn(page, title, [300, 420])
    await expect.poll(() => Object.keys(chain().source ?? {})).toContain(key)
    await expect(inspectorOf(page).getByLabel('Kind of source')).toHaveValue(title)
  }
  const sinks = {
    'JSON lines file': 'jsonl',
    'CSV file': 'csv',
    'Folder of files': 'folder',
    'One document': 'document',
  }
  for (const [title, key] of Object.entries(sinks)) {
    await dragIn(page, title, [300, 420])
    await expect.poll(() => Object.keys(chain().sink ?? {})).toEqual([key])
    await expect(inspectorOf(page).getByLabel('Where results go')).toHaveValue(title)
  }
})
