import { useCallback, useState } from 'react'

/** Numbers that this browser or app keeps between visits, such as the width of a panel. */
export function useRememberedNumber(key: string, initial: number): [value: number, remember: (value: number) => void] {
  // By key: the same place may show now this, now that, each with a number of its own.
  const [values, setValues] = useState<Readonly<Record<string, number>>>({})
  const remember = useCallback(
    (next: number) => {
      setValues((before) => ({ ...before, [key]: next }))
      localStorage.setItem(PREFIX + key, String(next))
    },
    [key],
  )
  return [values[key] ?? readNumber(key) ?? initial, remember]
}

const PREFIX = 'jacquard.'

function readNumber(key: string): number | null {
  const text = localStorage.getItem(PREFIX + key)
  const number = text === null ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : null
}

/** A choice that is kept in the same way; false until it was made. */
export function keptFlag(key: string): boolean {
  return localStorage.getItem(PREFIX + key) === 'on'
}

export function keepFlag(key: string, isOn: boolean): void {
  if (isOn) localStorage.setItem(PREFIX + key, 'on')
  else localStorage.removeItem(PREFIX + key)
}
