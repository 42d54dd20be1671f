import { Button } from '@sax/ui/button'
import type { Metadata } from 'next'
import { PlainPage } from '../../features/sign-in/plain-page.tsx'
import { problemOf } from '../../features/sign-in/problems.ts'
import { paths } from '../../server/routing/places.ts'

export const metadata: Metadata = { title: 'Sign-in problem' }

export default async function SignInProblem({ searchParams }: PageProps<'/sign-in-problem'>) {
  const { reason } = await searchParams
  const problem = problemOf(typeof reason === 'string' ? reason : undefined)
  return (
    <PlainPage
      title={problem.title}
      actions={
        <Button asChild variant="primary">
          {problem.next === 'again' ? <a href={paths.login}>Sign in again</a> : <a href={paths.signOut}>Sign out</a>}
        </Button>
      }
    >
      <p>{problem.text}</p>
    </PlainPage>
  )
}
