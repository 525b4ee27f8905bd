import { createContext, type ReactNode, useContext } from 'react'

/** How the run that an answer was asked in is named, where more is known of it than its id; given by the screen around. */
export const RunNaming = createContext<(run: string) => ReactNode>((run) => <span className="mono">{run}</span>)

/** `in run …` */
export function AskedInRun({ run }: { readonly run: string }) {
  return <>in run {useContext(RunNaming)(run)}</>
}
