import type { NextPageContext } from 'next'

interface FailedPageProps {
  readonly statusCode: number
}

/**
 * Shown when even the frame around the pages failed, and for a file that is not there. In plain elements: it must not
 * need anything of what may have failed.
 */
export default function FailedPage({ statusCode }: FailedPageProps) {
  const words =
    statusCode === 404
      ? { title: 'There is nothing at this address', description: 'It may have been moved.' }
      : {
          title: 'Outreach stopped working',
          description: 'What you wrote is kept in this browser. Try again, or reload the page.',
        }
  return (
    <main id="main" className="mx-auto flex max-w-lg flex-col items-center gap-3 px-6 py-16 text-center">
      <h1 className="font-semibold text-lg">{words.title}</h1>
      <p role="alert" className="text-muted-foreground">
        {words.description}
      </p>
      <button
        type="button"
        className="focus-ring h-9 rounded-lg border bg-card px-3 font-medium hover:bg-muted"
        onClick={() => window.location.reload()}
      >
        Try again
      </button>
    </main>
  )
}

// Made per answer, for its scripts carry the nonce of the answer.
FailedPage.getInitialProps = ({ res, err }: NextPageContext): FailedPageProps => ({
  statusCode: res?.statusCode ?? err?.statusCode ?? 500,
})
