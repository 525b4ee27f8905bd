import { useEffect, useRef, useState } from 'react'

/** The value, renewed every `everyMs` at the most; the last one always arrives. */
export function useSampled<T>(value: T, everyMs: number): T {
  const [sampled, setSampled] = useState(value)
  const renewedAt = useRef(0)
  useEffect(() => {
    const delayMs = Math.max(0, renewedAt.current + everyMs - Date.now())
    const timer = setTimeout(() => {
      renewedAt.current = Date.now()
      setSampled(value)
    }, delayMs)
    return () => clearTimeout(timer)
  }, [value, everyMs])
  return sampled
}
