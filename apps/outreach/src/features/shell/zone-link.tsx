import Link from 'next/link'
import type { ComponentProps } from 'react'
import { softPath } from './soft-path.ts'

export type ZoneLinkProps = Omit<ComponentProps<typeof Link>, 'href'> & {
  /** A path of this zone, made by the topology. */
  readonly href: string
}

/**
 * A link within the zone. Nothing is fetched ahead: a list would ask the server once per row, and a page's frame is a
 * few milliseconds away.
 */
export function ZoneLink({ href, ...rest }: ZoneLinkProps) {
  return <Link href={softPath(href)} prefetch={false} {...rest} />
}
