import { ErrorState } from '@sax/ui/error-state'
import { Component, type ReactNode } from 'react'

interface PageBoundaryProps {
  /** Another address is another attempt. */
  readonly address: string
  readonly children: ReactNode
}

interface PageBoundaryState {
  readonly failedAt: string | undefined
}

/** The zone's error boundary. The message of an unexpected error may quote data and is not shown. */
export class PageBoundary extends Component<PageBoundaryProps, PageBoundaryState> {
  override state: PageBoundaryState = { failedAt: undefined }

  override componentDidCatch(): void {
    this.setState({ failedAt: this.props.address })
  }

  override render(): ReactNode {
    if (this.state.failedAt !== this.props.address) return this.props.children
    return (
      <div className="page">
        <ErrorState
          title="This page stopped working"
          description="What you wrote is kept in this browser. Try again, or reload the page."
          onRetry={() => this.setState({ failedAt: undefined })}
        />
      </div>
    )
  }
}
