import { Component, type ReactNode } from 'react'
import { say } from '../data/text.ts'
import { Button } from '../ui/button.tsx'
import { Logo } from '../ui/logo.tsx'

interface FallbackState {
  readonly error: Error | undefined
}

/** The view when the window fails to render: a message, a way to continue, support details. */
export class Fallback extends Component<{ readonly children: ReactNode }, FallbackState> {
  override state: FallbackState = { error: undefined }

  static getDerivedStateFromError(error: Error): FallbackState {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return (
      <main className="starting" role="alert">
        <Logo size={56} />
        <h1>{say('windowFailed')}</h1>
        <p className="quiet">{say('windowFailedWhy')}</p>
        <Button kind="primary" icon="retry" onClick={() => location.reload()}>
          {say('reload')}
        </Button>
        <p className="code quiet">{error.message}</p>
      </main>
    )
  }
}
