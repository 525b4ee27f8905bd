import { useEffect, useState } from 'react'
import { host } from '../../lib/host.ts'

/** Whether a file is there already; null: not known. */
export function useFileExists(path: string): boolean | null {
  const [found, setFound] = useState<{ readonly path: string; readonly exists: boolean } | null>(null)
  useEffect(() => {
    let isWanted = true
    const timer = setTimeout(async () => {
      const slash = path.lastIndexOf('/')
      const reply = await host.call('files.list', { path: slash <= 0 ? null : path.slice(0, slash) })
      if (!isWanted) return
      const name = path.slice(slash + 1)
      // A folder that is not there yet is made, and holds nothing.
      const exists = reply.ok && reply.value.entries.some((entry) => entry.kind === 'file' && entry.name === name)
      setFound({ path, exists })
    }, 200)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [path])
  return found?.path === path ? found.exists : null
}
