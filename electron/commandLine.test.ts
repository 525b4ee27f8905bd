import { expect, it } from 'vitest'
import { readCommandLine } from './commandLine.ts'

it('finds our options among Electron’s and Chromium’s own, from the folder it was started in', () => {
  const argv = ['/opt/electron', '.', '--no-sandbox', '--workspace', 'mine', '--user-data-dir=/tmp/data', '--inspect=0']
  expect(readCommandLine(argv, '/home/me')).toEqual({ workspace: '/home/me/mine', dataFolder: '/tmp/data' })
})

it('needs none', () => {
  expect(readCommandLine(['/opt/jacquard'], '/')).toEqual({ workspace: null, dataFolder: null })
  expect(readCommandLine(['/opt/jacquard', '--workspace'], '/')).toEqual({ workspace: null, dataFolder: null })
})
