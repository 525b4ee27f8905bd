import { Alert, Button, Group } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ApiError } from '../../shared/api.ts'
import { ProblemText } from './ProblemText.tsx'

interface ApiErrorNoticeProps {
  readonly error: ApiError
  readonly onRetry?: () => void
}

/** An error at the place where its result would stand. */
export function ApiErrorNotice({ error, onRetry }: ApiErrorNoticeProps) {
  return (
    <Alert color="red" icon={<IconAlertTriangle size={16} stroke={1.5} />}>
      {error.message}
      {error.problems?.map((problem) => (
        <ProblemText key={`${problem.line}:${problem.column}:${problem.message}`} problem={problem} />
      ))}
      {onRetry !== undefined && (
        <Group mt="sm">
          <Button size="xs" onClick={onRetry}>
            Try again
          </Button>
        </Group>
      )}
    </Alert>
  )
}
