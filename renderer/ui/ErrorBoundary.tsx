import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Component, type ReactNode } from 'react'
import { EmptyState } from './EmptyState.tsx'

interface ErrorBoundaryProps {
  readonly children: ReactNode
}

/** Keeps a fault of one screen from taking the others with it. Give it a `key` that changes with the screen. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    const message = error instanceof Error ? error.message : String(error)
    return (
      <EmptyState
        icon={<IconAlertTriangle size={32} stroke={1.5} />}
        title="This screen met a fault of ours"
        actions={
          <>
            <Button variant="filled" onClick={() => this.setState({ error: null })}>
              Try again
            </Button>
            <Button onClick={() => window.location.reload()}>Reload the window</Button>
          </>
        }
      >
        <p>
          Your chains are saved as you work, and runs go on by themselves. If it happens again, please report it with
          this message:
        </p>
        <p className="mono">{message}</p>
      </EmptyState>
    )
  }
}
