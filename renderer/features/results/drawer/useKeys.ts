import { useEffect, useState } from 'react'
import { host } from '../../../lib/host.ts'

/** The names of a few items or groups, by index; empty until they have been read. Never more than 1000. */
export function useKeys(run: string, lane: number, indexes: readonly number[]): ReadonlyMap<number, string> {
  const wanted = indexes.join()
  const [read, setRead] = useState<{ readonly of: string; readonly keys: ReadonlyMap<number, string> } | null>(null)
  const of = `${run}/${lane}/${wanted}`
  useEffect(() => {
    let isWanted = true
    const asked = wanted === '' ? [] : wanted.split(',').map(Number).slice(0, 1000)
    void host.call('runs.keys', { run, lane, indexes: asked }).then((reply) => {
      // Without names the numbers stand there alone: nothing to tell the person.
      if (isWanted && reply.ok)
        setRead({
          of: `${run}/${lane}/${wanted}`,
          keys: new Map(asked.map((index, at) => [index, reply.value[at] ?? ''])),
        })
    })
    return () => {
      isWanted = false
    }
  }, [run, lane, wanted])
  return read?.of === of ? read.keys : NONE
}

const NONE: ReadonlyMap<number, string> = new Map()
