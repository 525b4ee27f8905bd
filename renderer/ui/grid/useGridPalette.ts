import { type RefObject, useEffect, useState } from 'react'
import { type GridPalette, readPalette } from './gridPalette.ts'

/** The theme's colours at an element, read again when the theme changes; null before the element stands. */
export function useGridPalette(element: RefObject<Element | null>): GridPalette | null {
  const [palette, setPalette] = useState<GridPalette | null>(null)
  useEffect(() => {
    const read = (): void => {
      if (element.current !== null) setPalette(readPalette(element.current))
    }
    read()
    // Themes are switched by an attribute of the root element.
    const observer = new MutationObserver(read)
    observer.observe(document.documentElement, { attributes: true })
    return () => observer.disconnect()
  }, [element])
  return palette
}
