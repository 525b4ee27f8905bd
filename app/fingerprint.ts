import { hash } from 'node:crypto'
import type { Fingerprint } from './ports/fingerprint.ts'

export const fingerprint: Fingerprint = (text) => hash('sha256', text, 'base64url')
