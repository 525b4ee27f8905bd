import classes from './FileName.module.css'

/** A path cut in the middle, where there is no room for it: its end tells it from its neighbours. */
export function FileName({ path }: { readonly path: string }) {
  const tailFrom = Math.max(0, path.length - 14, path.lastIndexOf('/') > path.length - 24 ? path.lastIndexOf('/') : 0)
  return (
    <span className={classes.root} title={path}>
      {/* An empty part would have a baseline of its own. */}
      {tailFrom > 0 && <span className={classes.head}>{path.slice(0, tailFrom)}</span>}
      <span className={classes.tail}>{path.slice(tailFrom)}</span>
    </span>
  )
}
