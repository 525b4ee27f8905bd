import type { Asked } from '../hosts/workshop.ts'
import { answerTest } from './link.ts'

const asked: Asked[] = []

/** What the program asked of the system and nobody answers, in order. */
export function noteAsked(one: Asked): void {
  asked.push(one)
}

answerTest('asked', () => asked)
