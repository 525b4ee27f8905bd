import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { parse } from 'yaml'
import type { Chain } from '../shared/chain.ts'
import { expect } from './fixtures.ts'
import type { Workshop } from './hosts/workshop.ts'
import { expectState, goTo, openChain } from './steps.ts'

/** What is done on the canvas of one chain, by pointer, as a person does it. */
export interface Drawing {
  readonly page: Page
  /** As its file says, once what was done last is saved. */
  chain(): Chain
}

interface Place {
  readonly folders: { readonly workspace: string }
  readonly openWorkshop: () => Promise<Workshop>
}

/** Starts the program on a workspace with one more chain: what stands in `text`, without stages unless that has some. */
export async function openDrawing({ folders, openWorkshop }: Place, text: string): Promise<Drawing> {
  const file = join(folders.workspace, 'chains/drawing.chain.yaml')
  const stages = /^stages:/m.test(text) ? '' : 'stages: {}\n'
  writeFileSync(file, `jacquard: 1\nname: Drawing\nsink: { jsonl: results/drawing.jsonl }\n${stages}${text}`)
  const { page } = await openWorkshop()
  await openChain(page, 'Drawing')
  return { page, chain: () => parse(readFileSync(file, 'utf8')) as Chain }
}

export function canvasOf(page: Page): Locator {
  return page.getByRole('region', { name: 'Canvas' })
}

export function nodeOf(page: Page, id: string): Locator {
  return page.locator(`.react-flow__node[data-id="${id}"]`)
}

export function inspectorOf(page: Page): Locator {
  return page.getByRole('complementary', { name: /^Inspector/ })
}

/** Drags an entry of the palette to a place of the canvas, counted from its upper left. */
export async function dragIn(page: Page, title: string, at: readonly [x: number, y: number]): Promise<void> {
  await entryOf(page, title).dragTo(canvasOf(page), { targetPosition: { x: at[0], y: at[1] } })
}

/** Drags an entry of the palette onto a map. */
export async function dragInto(page: Page, title: string, map: string): Promise<void> {
  await entryOf(page, title).dragTo(nodeOf(page, map), { targetPosition: { x: 120, y: 90 } })
}

function entryOf(page: Page, title: string): Locator {
  const palette = page.getByRole('navigation', { name: 'Palette' })
  return palette.getByRole('option').filter({ has: page.getByText(title, { exact: true }) })
}

/** Lays the chart out and brings all of it into sight, so that every end of a wire can be reached. */
export async function tidy(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Tidy up/ }).click()
  await page.getByRole('button', { name: /^Show the whole chain/ }).click()
  await page.waitForTimeout(200)
}

interface WireEnd {
  readonly id: string
  /** Of a map: its inner end. */
  readonly isInner?: boolean
}

/** Draws a wire from the end of one node to that of another. */
export async function drawWire(page: Page, from: WireEnd, to: WireEnd): Promise<void> {
  const [start, end] = [await middleOf(page, from, 'source'), await middleOf(page, to, 'target')]
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 6 })
  await page.mouse.move(end.x, end.y, { steps: 6 })
  await page.mouse.up()
}

async function middleOf(page: Page, { id, isInner = false }: WireEnd, side: 'source' | 'target') {
  const inner = isInner ? '[data-handleid]' : ':not([data-handleid])'
  const box = await nodeOf(page, id).locator(`.react-flow__handle.${side}${inner}`).boundingBox()
  if (box === null) throw new Error(`${id} has no such end.`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Chooses a word from a list of the inspector. */
export async function choose(page: Page, field: string, option: string | RegExp): Promise<void> {
  await inspectorOf(page).getByLabel(field, { exact: true }).first().click()
  await page.getByRole('option', { name: option }).first().click()
}

export async function expectNoProblems(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible()
}

/** Launches what is drawn over its own source, and waits for the end. */
export async function launchDrawing(page: Page): Promise<void> {
  await goTo(page, 'Launch')
  await page.getByRole('button', { name: /^Launch \d+ items?/ }).click()
  await expectState(page, 'completed')
}
