import type { Failure } from '../../shared/failure.ts'
import { failureText } from '../../shared/failureText.ts'
import classes from './FailureNotice.module.css'
import { LongText } from './LongText.tsx'
import { RichText } from './RichText.tsx'

/** A failure where it happened: what, the provider's own words, what to do next. Its raw answer stands elsewhere. */
export function FailureNotice({ failure }: { readonly failure: Failure }) {
  const { title, explanation, next } = failureText(failure)
  // A single problem mostly stands in the message already.
  const problems =
    failure.kind === 'invalid_output' ? failure.problems.filter((problem) => !failure.message.includes(problem)) : []
  return (
    <div className={classes.root} role="note" aria-label={title}>
      <strong className={classes.title}>
        <span aria-hidden>✕ </span>
        {title}
      </strong>
      <div>{explanation}</div>
      {failure.message !== '' && (
        <div className={classes.message}>
          <LongText text={failure.message} mono />
        </div>
      )}
      {problems.length > 0 && (
        <ul className={classes.problems}>
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {failure.kind === 'expression' && (
        <div className={classes.message}>
          {failure.place}: {failure.expression}
        </div>
      )}
      <div className={classes.next}>
        <RichText text={next} />
      </div>
    </div>
  )
}
