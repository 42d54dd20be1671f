import { NothingHere } from '../features/shell/nothing-here.tsx'
import { missingProps } from '../server/page-props.ts'

/** Every address that is no page. */
export const getServerSideProps = missingProps

export default function MissingPage() {
  return <NothingHere />
}
