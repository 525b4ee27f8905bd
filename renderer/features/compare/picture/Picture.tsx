import { useRef } from 'react'
import { costQualityPoints, qualityMeasure } from '../../../../shared/compare/costQuality.ts'
import { formatShare, percent } from '../../../../shared/compare/share.ts'
import { formatUsd } from '../../../../shared/format.ts'
import { useBoxSize } from '../../../ui/grid/useBoxSize.ts'
import type { Compared } from '../useCompared.ts'
import classes from './Picture.module.css'
import { pictureScale } from './pictureScale.ts'

/** Around the plot, for what stands at its axes. */
const ROOM = { left: 56, right: 24, top: 20, bottom: 48 }
const CAP = 4

/** What quality costs: each variant a point, with a bar for what may be true. */
export function Picture({ compared }: { readonly compared: Compared }) {
  const { summaries, base, simulated } = compared
  const box = useRef<HTMLDivElement>(null)
  const size = useBoxSize(box)
  const points = costQualityPoints(summaries, base)
  const missing = summaries.filter(({ variant }) => points.every((point) => point.variant !== variant))
  const measure = qualityMeasure(summaries) === 'expected' ? 'answers as expected' : `answers that agree with ${base}`
  const scale = pictureScale(points)
  const width = Math.max(0, size.width - ROOM.left - ROOM.right)
  const height = Math.max(0, size.height - ROOM.top - ROOM.bottom)
  const x = (cost: number) => ROOM.left + scale.x(cost) * width
  const y = (share: number) => ROOM.top + (1 - scale.y(share)) * height
  return (
    <div className={classes.root}>
      <p className={classes.about}>
        Up: {measure}, with a bar for what may be true (95 %). To the right: what 1,000 items cost
        {simulated && ' in play money'}.
        {missing.length > 0 &&
          ` Not in the picture: ${missing.map(({ variant }) => variant).join(', ')}, of unknown price or without answers.`}
      </p>
      <div ref={box} className={classes.box}>
        <svg role="img" aria-label="Cost and quality" className={classes.svg} width={size.width} height={size.height}>
          <desc>
            {points
              .map(
                ({ variant, quality, costMicrosPer1000 }) =>
                  `${variant}: ${formatShare(quality)}, ${formatUsd(costMicrosPer1000)} for 1,000 items`,
              )
              .join('; ')}
          </desc>
          {scale.yTicks.map((share) => (
            <g key={share}>
              <line className={classes.line} x1={ROOM.left} x2={ROOM.left + width} y1={y(share)} y2={y(share)} />
              <text className={classes.tick} x={ROOM.left - 8} y={y(share)} textAnchor="end" dominantBaseline="middle">
                {percent(share)} %
              </text>
            </g>
          ))}
          {scale.xTicks.map((cost) => (
            <text key={cost} className={classes.tick} x={x(cost)} y={ROOM.top + height + 18} textAnchor="middle">
              {formatUsd(cost)}
            </text>
          ))}
          <text className={classes.tick} x={ROOM.left + width} y={ROOM.top + height + 38} textAnchor="end">
            per 1,000 items
          </text>
          {points.map(({ variant, costMicrosPer1000, quality, isReference }) => {
            const [cx, cy] = [x(costMicrosPer1000), y(quality.share)]
            // At the right edge there is no room beside the point.
            const isLeft = scale.x(costMicrosPer1000) > 0.7
            return (
              <g key={variant}>
                <title>
                  {variant}: {isReference ? 'the base' : formatShare(quality)}
                </title>
                {!isReference && (
                  <path
                    className={classes.bar}
                    d={`M${cx} ${y(quality.low)}V${y(quality.high)}M${cx - CAP} ${y(quality.low)}h${2 * CAP}M${cx - CAP} ${y(quality.high)}h${2 * CAP}`}
                  />
                )}
                <circle className={isReference ? classes.reference : classes.point} cx={cx} cy={cy} r={5} />
                <text
                  className={classes.name}
                  x={cx + (isLeft ? -12 : 12)}
                  y={cy + 4}
                  textAnchor={isLeft ? 'end' : 'start'}
                >
                  {variant}
                  <tspan className={classes.figure}>
                    {' '}
                    {isReference ? 'base' : `${percent(quality.share)} %`} · {formatUsd(costMicrosPer1000)}
                  </tspan>
                </text>
              </g>
            )
          })}
        </svg>
      </div>
    </div>
  )
}
