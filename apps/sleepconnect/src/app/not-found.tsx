import { PlainPage } from '../features/sign-in/plain-page.tsx'
import { paths } from '../server/routing/places.ts'

export default function NotFound() {
  return (
    <PlainPage
      title="There is no such page"
      actions={
        <a className="text-primary underline underline-offset-4" href={paths.home}>
          Go to home
        </a>
      }
    >
      <p>The address may have changed.</p>
    </PlainPage>
  )
}
