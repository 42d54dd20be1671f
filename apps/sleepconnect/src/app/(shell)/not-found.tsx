import { NoSuchPage } from '../../features/shell/no-such-page.tsx'
import { paths } from '../../server/routing/places.ts'

export default function NotFound() {
  return <NoSuchPage homeHref={paths.home} />
}
