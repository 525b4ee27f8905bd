import { type FitViewOptions, type OnMove, useReactFlow } from '@xyflow/react'
import { useEffect, useRef } from 'react'

/** How the whole chain is shown. */
export const FIT: FitViewOptions = { padding: 0.04, maxZoom: 1 }

/**
 * Shows the whole chain when another one is opened, and again when the window changes its size, unless the person has
 * chosen what to look at. Gives what the canvas reports its movements to.
 */
export function useFit(file: string | null): OnMove {
  const flow = useReactFlow()
  const isChosen = useRef(false)

  useEffect(() => {
    isChosen.current = false
    if (file !== null) requestAnimationFrame(() => void flow.fitView(FIT))
  }, [file, flow])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    function refit(): void {
      clearTimeout(timer)
      // The panels beside the canvas take their new sizes first.
      timer = setTimeout(() => {
        if (!isChosen.current) void flow.fitView(FIT)
      }, 150)
    }
    window.addEventListener('resize', refit)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('resize', refit)
    }
  }, [flow])

  // Without an event it was the program that moved.
  return (event) => {
    if (event !== null) isChosen.current = true
  }
}
