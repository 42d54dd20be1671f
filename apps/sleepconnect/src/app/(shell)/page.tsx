import { HomeScreen } from '../../features/home/home-screen.tsx'
import { requirePerson } from '../../server/current-person.ts'
import { paths } from '../../server/routing/places.ts'

export default async function Home({ searchParams }: PageProps<'/'>) {
  const person = await requirePerson(paths.home)
  const { notice } = await searchParams
  return <HomeScreen name={person.name} practiceName={person.practiceName} linkRefused={notice === 'link-refused'} />
}
