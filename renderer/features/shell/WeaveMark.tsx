import classes from './WeaveMark.module.css'

const CELLS = [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => ({ row, column })))

/** Three warps, three wefts. */
export function WeaveMark() {
  return (
    <svg className={classes.root} viewBox="0 0 14 14" width="16" height="16" aria-hidden="true">
      {CELLS.map(({ row, column }) => (
        <rect
          key={`${row}${column}`}
          x={column * 5}
          y={row * 5}
          width="4"
          height="4"
          opacity={(row + column) % 2 === 0 ? 1 : 0.4}
        />
      ))}
    </svg>
  )
}
